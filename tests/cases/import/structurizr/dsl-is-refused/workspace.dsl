workspace {
    model {
        u = person "User"
    }
}
