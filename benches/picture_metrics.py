#!/usr/bin/env python3
"""Measures a drawing: crossings, bends, lengths, overlaps, stability.

Input: (a) geometry JSON  {nodes:[{id,x,y,w,h,layer}], edges:[{id,source,target,points:[[x,y]..]}],
                           labels:[{edge,x,y,w,h}], groups:[{id,x,y,w,h}]}   x,y = top-left
       (b) SVG with data attributes:
             [data-node=ID data-layer=L data-bbox="x y w h"]  [data-edge=ID data-source=.. data-target=..] with a <path d> (itself or descendant)
             [data-label-for=EDGE data-bbox=".."]             [data-band=LAYER data-bbox=".."]
Usage: metrics.py FILE...            -> one JSON line per file (or --md: markdown table)
       metrics.py --stability A B    -> mental-map metrics between two layouts
"""
import sys, json, math, re, itertools
import xml.etree.ElementTree as ET
EPS=1e-6
# ---------- path parsing / flattening ----------
def flatten_path(d, n=16):
    t=re.findall(r'[MmLlHhVvCcSsQqTtAaZz]|-?\d*\.?\d+(?:[eE][-+]?\d+)?',d); i=0; pts=[]; cx=cy=sx=sy=0; cmd=None; lc=None
    def num():
        nonlocal i; v=float(t[i]); i+=1; return v
    while i<len(t):
        if re.match(r'[A-Za-z]',t[i]): cmd=t[i]; i+=1
        r=cmd.islower(); c=cmd.upper()
        if c=='M':
            x,y=num(),num(); cx,cy=(cx+x,cy+y) if r else (x,y); sx,sy=cx,cy; pts.append((cx,cy)); cmd='l' if r else 'L'; lc=None
        elif c=='L': x,y=num(),num(); cx,cy=(cx+x,cy+y) if r else (x,y); pts.append((cx,cy)); lc=None
        elif c=='H': x=num(); cx=cx+x if r else x; pts.append((cx,cy)); lc=None
        elif c=='V': y=num(); cy=cy+y if r else y; pts.append((cx,cy)); lc=None
        elif c in 'CSQT':
            if c=='C': a=[num() for _ in range(6)]; p=[(a[0],a[1]),(a[2],a[3]),(a[4],a[5])]
            elif c=='S': a=[num() for _ in range(4)]; p=[None,(a[0],a[1]),(a[2],a[3])]
            elif c=='Q': a=[num() for _ in range(4)]; p=[(a[0],a[1]),(a[2],a[3])]
            else: a=[num() for _ in range(2)]; p=[None,(a[0],a[1])]
            p=[None if q is None else ((cx+q[0],cy+q[1]) if r else q) for q in p]
            if p[0] is None: p[0]=(2*cx-lc[0],2*cy-lc[1]) if lc else (cx,cy)
            P=[(cx,cy)]+p
            # adaptive: short curve (rounded corner) -> few samples
            L=sum(math.dist(P[k],P[k+1]) for k in range(len(P)-1)); m=3 if L<24 else n
            for k in range(1,m+1):
                u=k/m; Q=P[:]
                while len(Q)>1: Q=[((1-u)*Q[j][0]+u*Q[j+1][0],(1-u)*Q[j][1]+u*Q[j+1][1]) for j in range(len(Q)-1)]
                pts.append(Q[0])
            cx,cy=p[-1]; lc=p[-2]
        elif c=='A': a=[num() for _ in range(7)]; x,y=a[5:]; cx,cy=(cx+x,cy+y) if r else (x,y); pts.append((cx,cy)); lc=None
        elif c=='Z': cx,cy=sx,sy; pts.append((cx,cy)); lc=None
    return pts
def load(path):
    if path.endswith('.json'):
        g=json.load(open(path)); return g
    root=ET.parse(path).getroot(); g=dict(nodes=[],edges=[],labels=[],groups=[])
    def bb(e): return [float(v) for v in re.split(r'[ ,]+',e.get('data-bbox').strip())]
    for e in root.iter():
        if e.get('data-node') and e.get('data-bbox'):
            x,y,w,h=bb(e); g['nodes'].append(dict(id=e.get('data-node'),layer=e.get('data-layer'),x=x,y=y,w=w,h=h))
        if e.get('data-edge'):
            p=[q for q in e.iter() if q.get('d')]
            if p: g['edges'].append(dict(id=e.get('data-edge'),source=e.get('data-source'),target=e.get('data-target'),points=flatten_path(p[0].get('d'))))
        if e.get('data-label-for'):
            x,y,w,h=bb(e); ids=e.get('data-label-for').split(); g['labels'].append(dict(edge=ids[0],edges=ids,x=x,y=y,w=w,h=h))
        if e.get('data-band'):
            x,y,w,h=bb(e); g['groups'].append(dict(id=e.get('data-band'),x=x,y=y,w=w,h=h))
    return g
# ---------- geometry ----------
def dedupe(P):
    o=[]
    for p in P:
        p=(float(p[0]),float(p[1]))
        if not o or math.dist(o[-1],p)>0.05: o.append(p)
    # merge collinear
    q=[]
    for p in o:
        while len(q)>=2:
            a,b=q[-2],q[-1]
            if abs((b[0]-a[0])*(p[1]-b[1])-(b[1]-a[1])*(p[0]-b[0]))<0.05*max(1,math.dist(a,b)) and (b[0]-a[0])*(p[0]-b[0])+(b[1]-a[1])*(p[1]-b[1])>=0: q.pop()
            else: break
        q.append(p)
    return q
def seg_x(a,b,c,d):
    """proper crossing point of open segments or None; collinear -> None"""
    r=(b[0]-a[0],b[1]-a[1]); s=(d[0]-c[0],d[1]-c[1]); den=r[0]*s[1]-r[1]*s[0]
    if abs(den)<1e-9*max(1,abs(r[0])+abs(r[1]))*max(1,abs(s[0])+abs(s[1])): return None
    t=((c[0]-a[0])*s[1]-(c[1]-a[1])*s[0])/den; u=((c[0]-a[0])*r[1]-(c[1]-a[1])*r[0])/den
    if -EPS<=t<1-EPS and -EPS<=u<1-EPS: return (a[0]+t*r[0],a[1]+t*r[1])
    return None
def parts(segs,k,p,c,d):
    """whether segment k starts at p, where its edge leaves the line c-d that it ran along: where a shared line forks,
    as where two lines join into one, nothing is crossed"""
    i,a,_=segs[k]
    if k==0 or segs[k-1][0]!=i or math.dist(a,p)>.05: return False
    q=segs[k-1][1]
    return abs((a[0]-q[0])*(d[1]-c[1])-(a[1]-q[1])*(d[0]-c[0]))<.05*math.dist(q,a)*math.dist(c,d)
def seg_rect(a,b,R):
    """length of segment inside rect (Liang-Barsky)"""
    x0,y0,x1,y1=R; dx,dy=b[0]-a[0],b[1]-a[1]; t0,t1=0.,1.
    for p,q in((-dx,a[0]-x0),(dx,x1-a[0]),(-dy,a[1]-y0),(dy,y1-a[1])):
        if abs(p)<1e-12:
            if q<0: return 0.
        else:
            r=q/p
            if p<0: t0=max(t0,r)
            else: t1=min(t1,r)
            if t0>t1: return 0.
    return (t1-t0)*math.hypot(dx,dy)
def ov(a,b,m=0.):
    return min(a['x']+a['w'],b['x']+b['w'])-max(a['x'],b['x'])>m and min(a['y']+a['h'],b['y']+b['h'])-max(a['y'],b['y'])>m
def rect(n,s=0): return (n['x']+s,n['y']+s,n['x']+n['w']-s,n['y']+n['h']-s)
class Grid:
    def __init__(s,c=120): s.c=c; s.d={}
    def cells(s,x0,y0,x1,y1):
        c=s.c
        for i in range(int(x0//c),int(x1//c)+1):
            for j in range(int(y0//c),int(y1//c)+1): yield i,j
    def add(s,k,x0,y0,x1,y1):
        for q in s.cells(x0,y0,x1,y1): s.d.setdefault(q,[]).append(k)
    def q(s,x0,y0,x1,y1):
        r=set()
        for c in s.cells(x0,y0,x1,y1): r.update(s.d.get(c,()))
        return r
def measure(g):
    N={n['id']:n for n in g['nodes']}; E=[e for e in g['edges'] if e.get('points') and len(e['points'])>1]; Lb=g.get('labels',[]); G=g.get('groups',[])
    for e in E: e['P']=dedupe(e['points'])
    E=[e for e in E if len(e['P'])>1]
    segs=[(i,e['P'][k],e['P'][k+1]) for i,e in enumerate(E) for k in range(len(e['P'])-1)]
    gr=Grid()
    for k,(i,a,b) in enumerate(segs): gr.add(k,min(a[0],b[0]),min(a[1],b[1]),max(a[0],b[0]),max(a[1],b[1]))
    cross=0; forks=0; cross_label=0; angs=[]; overlap=0.; shared=0.; close=0; xpts=[]
    for k,(i,a,b) in enumerate(segs):
        for m in gr.q(min(a[0],b[0])-4,min(a[1],b[1])-4,max(a[0],b[0])+4,max(a[1],b[1])+4):
            if m<=k: continue
            j,c,d=segs[m]
            if i==j: continue
            e,f=E[i],E[j]; common={e['source'],e['target']}&{f['source'],f['target']}
            p=seg_x(a,b,c,d)
            if p and common and (parts(segs,k,p,c,d) or parts(segs,m,p,a,b)): forks+=1; continue
            if p:
                # ignore meeting at a shared end node's border
                near=any(N[z]['x']-3<=p[0]<=N[z]['x']+N[z]['w']+3 and N[z]['y']-3<=p[1]<=N[z]['y']+N[z]['h']+3 for z in common if z in N)
                if not near:
                    ang=abs(math.degrees(math.atan2(b[1]-a[1],b[0]-a[0])-math.atan2(d[1]-c[1],d[0]-c[0])))%180; ang=min(ang,180-ang)
                    if common and ang<10: continue
                    cross+=1; angs.append(ang); xpts.append((p,i,j))
            else:
                # axis-parallel overlap / proximity
                for ax in (0,1):
                    if abs(a[ax]-b[ax])<.6 and abs(c[ax]-d[ax])<.6:
                        gap=abs(a[ax]-c[ax]); o=min(max(a[1-ax],b[1-ax]),max(c[1-ax],d[1-ax]))-max(min(a[1-ax],b[1-ax]),min(c[1-ax],d[1-ax]))
                        if o>2:
                            if gap<1.5:
                                if common: shared+=o
                                else: overlap+=o
                            elif gap<5 and not common: close+=1
    bends=0; turn=0.; lens=[]; det=[]; backtrack=0; ortho=0.; tot=0.
    for e in E:
        P=e['P']; L=sum(math.dist(P[k],P[k+1]) for k in range(len(P)-1)); lens.append(L)
        det.append(L/max(1,math.dist(P[0],P[-1])))
        for k in range(len(P)-1):
            s=math.dist(P[k],P[k+1]); tot+=s
            if abs(P[k][0]-P[k+1][0])<.6 or abs(P[k][1]-P[k+1][1])<.6: ortho+=s
        tt=0.
        for k in range(1,len(P)-1):
            a=math.atan2(P[k][1]-P[k-1][1],P[k][0]-P[k-1][0]); b=math.atan2(P[k+1][1]-P[k][1],P[k+1][0]-P[k][0])
            t=abs((b-a+math.pi)%(2*math.pi)-math.pi); tt+=t
        turn+=math.degrees(tt)
        bends+=sum(1 for _ in range(1)) and round(math.degrees(tt)/90+1e-9) if g.get('curved') else len(rounded(P))-2
    # node related
    ids=list(N); ng=Grid(200)
    for z in ids: n=N[z]; ng.add(z,n['x'],n['y'],n['x']+n['w'],n['y']+n['h'])
    nn=0; through=0; thr=set()
    for z in ids:
        n=N[z]
        for y in ng.q(n['x'],n['y'],n['x']+n['w'],n['y']+n['h']):
            if y>z and ov(n,N[y],.5): nn+=1
    for i,e in enumerate(E):
        for k in range(len(e['P'])-1):
            a,b=e['P'][k],e['P'][k+1]
            for z in ng.q(min(a[0],b[0]),min(a[1],b[1]),max(a[0],b[0]),max(a[1],b[1])):
                if z in(e['source'],e['target']): continue
                if seg_rect(a,b,rect(N[z],1.5))>1: thr.add((i,z))
    # own-node re-entry: edge passes through own end box more than stub
    own=0
    for e in E:
        for z in {e['source'],e['target']}:
            if z in N and sum(seg_rect(e['P'][k],e['P'][k+1],rect(N[z],2)) for k in range(len(e['P'])-1))>8: own+=1
    through=len(thr)
    # labels
    ll=sum(1 for a,b in itertools.combinations(Lb,2) if ov(a,b,.5)) if len(Lb)<3000 else -1
    ln=0; le=set(); ldist=[]; emap={e['id']:i for i,e in enumerate(E)}
    for q,l in enumerate(Lb):
        for z in ng.q(l['x'],l['y'],l['x']+l['w'],l['y']+l['h']):
            if ov(l,N[z],.5): ln+=1
        for k in gr.q(l['x'],l['y'],l['x']+l['w'],l['y']+l['h']):
            i,a,b=segs[k]
            if E[i]['id']==l['edge'] or E[i]['id'] in l.get('edges',()): continue
            if seg_rect(a,b,rect(l,1))>1: le.add((q,i))
        i=emap.get(l['edge'])
        if i is not None:
            P=E[i]['P']; ldist.append(min(sr(P[k],P[k+1],l) for k in range(len(P)-1)))
    # bands
    bo=sum(1 for a,b in itertools.combinations(G,2) if ov(a,b,.5)); gm={b['id']:b for b in G}
    outb=sum(1 for n in g['nodes'] if n.get('layer') in gm and not(gm[n['layer']]['x']-.5<=n['x'] and n['x']+n['w']<=gm[n['layer']]['x']+gm[n['layer']]['w']+.5 and gm[n['layer']]['y']-.5<=n['y'] and n['y']+n['h']<=gm[n['layer']]['y']+gm[n['layer']]['h']+.5))
    foreign=sum(1 for n in g['nodes'] for b in G if n.get('layer')!=b['id'] and ov(n,b,.5))
    order_bad=None
    if g.get('layerorder') and G:
        ys=[gm[l]['y']+gm[l]['h']/2 for l in g['layerorder'] if l in gm]; xs=[gm[l]['x']+gm[l]['w']/2 for l in g['layerorder'] if l in gm]
        inv=lambda v: sum(1 for a,b in itertools.combinations(v,2) if a>b-1)
        order_bad=min(inv(ys),inv(xs))
    # ports: coincident attachment points
    ports={}
    for e in E:
        for z,p in((e['source'],e['P'][0]),(e['target'],e['P'][-1])): ports.setdefault((z,round(p[0]/2),round(p[1]/2)),[]).append(e['id'])
    coin=sum(len(v)-1 for v in ports.values() if len(v)>1)
    # extents
    X=[n['x'] for n in g['nodes']+Lb+G]+[p[0] for e in E for p in e['P']]; Y=[n['y'] for n in g['nodes']+Lb+G]+[p[1] for e in E for p in e['P']]
    X2=[n['x']+n['w'] for n in g['nodes']+Lb+G]+[p[0] for e in E for p in e['P']]; Y2=[n['y']+n['h'] for n in g['nodes']+Lb+G]+[p[1] for e in E for p in e['P']]
    W,H=max(X2)-min(X),max(Y2)-min(Y); na=sum(n['w']*n['h'] for n in g['nodes'])
    mean=sum(lens)/len(lens) if lens else 0
    # greadability-like crossing ratio: 1 - c/cmax
    m=len(E); deg={}
    for e in E:
        for z in(e['source'],e['target']): deg[z]=deg.get(z,0)+1
    cmax=m*(m-1)/2-sum(d*(d-1) for d in deg.values())/2
    return dict(nodes=len(N),edges=len(E),labels=len(Lb),bands=len(G),crossings_visual=len({(round(p[0]/2),round(p[1]/2)) for p,_,_ in xpts}),
        crossings=cross,forks=forks,cross_ratio=round(1-cross/cmax,4) if cmax>0 else 1,cross_angle=round(sum(angs)/len(angs),1) if angs else 90.,
        bends=bends,bends_per_edge=round(bends/max(1,m),2),turn_deg_per_edge=round(turn/max(1,m)),
        len_total=round(sum(lens)),len_mean=round(mean),len_max=round(max(lens)) if lens else 0,len_cv=round((sum((l-mean)**2 for l in lens)/len(lens))**.5/mean,2) if mean else 0,
        detour=round(sum(det)/len(det),2) if det else 1,ortho=round(ortho/max(1,tot),2),
        node_overlap=nn,edge_thru_node=through,edge_thru_own=own,edge_overlap_px=round(overlap),shared_px=round(shared),edge_close_pairs=close,coincident_ports=coin,
        label_label=ll,label_node=ln,label_edge=len(le),label_dist=round(sum(ldist)/len(ldist),1) if ldist else None,label_far=sum(1 for d in ldist if d>10),missing_labels=max(0,m-sum(len(l.get('edges',[1])) for l in Lb)),
        band_overlap=bo,node_out_of_band=outb,node_in_foreign_band=foreign,band_order_inversions=order_bad,
        width=round(W),height=round(H),area_mpx=round(W*H/1e6,2),aspect=round(W/H,2),density=round(na/(W*H),3))
def pd(p,a,b):
    dx,dy=b[0]-a[0],b[1]-a[1]; L=dx*dx+dy*dy
    t=0 if L==0 else max(0,min(1,((p[0]-a[0])*dx+(p[1]-a[1])*dy)/L)); return math.dist(p,(a[0]+t*dx,a[1]+t*dy))
def sr(a,b,l):
    """distance segment - rectangle"""
    R=rect(l)
    if seg_rect(a,b,R)>0 or (R[0]<=a[0]<=R[2] and R[1]<=a[1]<=R[3]): return 0.
    cor=[(R[0],R[1]),(R[2],R[1]),(R[2],R[3]),(R[0],R[3])]
    dr=lambda p: math.hypot(max(R[0]-p[0],0,p[0]-R[2]),max(R[1]-p[1],0,p[1]-R[3]))
    return min([pd(c,a,b) for c in cor]+[dr(a),dr(b)])
def rounded(P):
    """polyline with rounded corners / tiny jogs collapsed: counts real direction changes >12 deg after merging corners <14px"""
    if len(P)<3: return P
    out=[P[0]]; k=1
    # merge short (<9px) segments chains (rounded corner samples) into their corner
    Q=[P[0]]
    i=1
    while i<len(P)-1:
        j=i
        while j+1<len(P)-1 and math.dist(P[j],P[j+1])<9: j+=1
        Q.append(((P[i][0]+P[j][0])/2,(P[i][1]+P[j][1])/2)); i=j+1
    Q.append(P[-1])
    for q in Q[1:]:
        while len(out)>=2:
            a,b=out[-2],out[-1]; t=abs((math.atan2(q[1]-b[1],q[0]-b[0])-math.atan2(b[1]-a[1],b[0]-a[0])+math.pi)%(2*math.pi)-math.pi)
            if math.degrees(t)<12: out.pop()
            else: break
        out.append(q)
    return out
def stability(A,B):
    a={n['id']:n for n in A['nodes']}; b={n['id']:n for n in B['nodes']}; C=[z for z in a if z in b]
    c=lambda n:(n['x']+n['w']/2,n['y']+n['h']/2)
    med=lambda v: sorted(v)[len(v)//2]
    dx=med([c(b[z])[0]-c(a[z])[0] for z in C]); dy=med([c(b[z])[1]-c(a[z])[1] for z in C])
    raw=[math.dist(c(a[z]),c(b[z])) for z in C]; al=[math.dist((c(a[z])[0]+dx,c(a[z])[1]+dy),c(b[z])) for z in C]
    X=[n['x'] for n in a.values()]+[n['x']+n['w'] for n in a.values()]; Y=[n['y'] for n in a.values()]+[n['y']+n['h'] for n in a.values()]; diag=math.hypot(max(X)-min(X),max(Y)-min(Y))
    sg=lambda v: 0 if abs(v)<6 else (1 if v>0 else -1)
    bad=tot=0; adj=0;adjt=0
    for p,q in itertools.combinations(C,2):
        for k in(0,1):
            s,t=sg(c(a[p])[k]-c(a[q])[k]),sg(c(b[p])[k]-c(b[q])[k])
            if s: tot+=1; bad+= s*t<0
    # within-layer order
    lay={}
    for z in C: lay.setdefault(a[z].get('layer'),[]).append(z)
    ib=it=0
    for v in lay.values():
        for p,q in itertools.combinations(v,2):
            it+=1
            ka=(round(c(a[p])[1]-c(a[q])[1]),round(c(a[p])[0]-c(a[q])[0])); kb=(round(c(b[p])[1]-c(b[q])[1]),round(c(b[p])[0]-c(b[q])[0]))
            f=lambda k: sg(k[0]) or sg(k[1])
            ib+= f(ka)*f(kb)<0
    ea={e['id']:e for e in A['edges']}; eb={e['id']:e for e in B['edges']}; ce=[z for z in ea if z in eb and ea[z].get('points') and eb[z].get('points')]
    def dirs(e):
        P=rounded(dedupe(e['points'])); return [(sg(P[k+1][0]-P[k][0]),sg(P[k+1][1]-P[k][1])) for k in range(len(P)-1)]
    ec=sum(1 for z in ce if dirs(ea[z])!=dirs(eb[z]))
    return dict(common=len(C),mean_disp=round(sum(raw)/len(raw),1),mean_disp_aligned=round(sum(al)/len(al),1),mean_disp_pct_diag=round(100*sum(al)/len(al)/diag,2),max_disp=round(max(al)),moved_gt_half_node=sum(1 for z,d in zip(C,al) if d>a[z]['w']/2),
        ortho_order_violations_pct=round(100*bad/max(1,tot),2),inlayer_order_flips=ib,inlayer_pairs=it,edge_shape_changed_pct=round(100*ec/max(1,len(ce)),1))
COLS=['crossings','crossings_visual','cross_angle','bends_per_edge','len_mean','len_max','detour','edge_thru_node','edge_thru_own','edge_overlap_px','shared_px','coincident_ports','label_label','label_node','label_edge','label_far','missing_labels','node_out_of_band','node_in_foreign_band','band_overlap','band_order_inversions','width','height','area_mpx','aspect','density']
if __name__=='__main__':
    a=sys.argv[1:]
    if a[0]=='--stability': print(json.dumps(stability(load(a[1]),load(a[2])))); sys.exit()
    md='--md' in a; a=[x for x in a if not x.startswith('--')]
    rows=[]
    for f in a:
        m=measure(load(f)); rows.append((f,m))
        if not md: print(json.dumps(dict(file=f,**m)))
    if md:
        print('| metric | '+' | '.join(f.split('/')[-1].rsplit('.',1)[0] for f,_ in rows)+' |'); print('|---|'+'---|'*len(rows))
        for k in COLS: print(f'| {k} | '+' | '.join(str(m[k]) for _,m in rows)+' |')
