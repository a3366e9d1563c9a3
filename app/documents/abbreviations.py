"""Words that decide whether a full stop ends a sentence: English, German, Norwegian and others.

All are lower case and without the last full stop.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = _words(
    """
    e.g i.e eg ie cf vs viz dr mr mrs ms prof st rev hon sen gov gen col capt sgt messrs
    ed eds trans vol vols dept univ assoc approx ca circa resp incl excl esp ibid
    jan feb mar apr jun jul aug sept sep oct okt nov dec dez
    z.b d.h u.u i.d.r v.a s.o s.u vgl bzw sog evtl ggf inkl zit hrsg bd aufl dipl ing
    bl.a f.eks jf jfr f.o.m t.o.m mv kl pga dvs
    p.ex cfr m.a.w b.v bijv o.a p.e
    """
)
LAST_BEFORE_AN_OPENING = _words(
    """
    al etc inc ltd co corp jr sr bros u.s u.k u.n e.u u.s.a ph.d m.a b.a m.sc b.sc a.m p.m ff
    usw u.a u.ä etc.pp osv m.m m.fl m.v o.l o.s.v enz
    """
)
BEFORE_A_NUMBER = _words(
    """
    p pp s no nos nr nrs fig figs tab tabs eq eqs sec sect sects ch chap chaps art arts para paras
    abs kap abb app ref refs vol n pt pts cap cl reg ss abschn rn ziff lit
    """
)
OPENING_WORDS = _words(
    """
    the this these that those there they it its in on at by for from with without while when where
    whereas what who why how he she we you i his her our their my a an and but or so yet if as to
    of one two three some many most much all both each several such no not nor however therefore
    thus moreover furthermore although though because since despite after before during under
    over until once only also another other others here then finally first second third overall
    similarly conversely nevertheless instead indeed perhaps according given
    der die das den dem des ein eine einer eines es er sie wir ich ihr man im in am an auf bei mit
    nach von vor zu zum zur für über unter aus doch aber und oder wenn weil dass dies diese dieser
    dieses jedoch daher dabei so auch nicht alle viele einige hier dann wie was wer
    det den de der han hun vi jeg du dette disse slik også men og eller hvis når som på til fra av
    om for med ved etter både flere mange noen ikke
    le la les un une des il elle ils elles nous ce cette ces dans pour par sur avec mais et
    """
)
MONTHS = _words(
    """
    januar februar märz maerz mars april mai maj juni juli august september oktober november
    dezember desember december january february march may june july october
    """
)
BEFORE_AN_ORDINAL = _words(
    """
    am im vom zum beim der die das dem den des ab bis seit jeden und oder
    den det de fra til
    """
)
