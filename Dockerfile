# A static binary on Alpine, which has the shell that pipelines need. `--target program` is the binary alone.
FROM rust:1.89-alpine AS build
WORKDIR /src
COPY . .
RUN cargo build --locked --release \
    && strip target/release/archviz

FROM scratch AS program
COPY --from=build /src/target/release/archviz /archviz
WORKDIR /work
ENTRYPOINT ["/archviz"]

FROM alpine:3.22
# git is what `--since REVISION` asks, bash is what the scripts of pipelines are written in.
RUN apk add --no-cache bash=~5 git=~2
COPY --from=build /src/target/release/archviz /usr/local/bin/archviz
WORKDIR /work
CMD ["archviz", "--help"]
