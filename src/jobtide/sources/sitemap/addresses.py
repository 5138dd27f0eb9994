"""Which addresses of a site look like the page of one job, and which belong to the site."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

#: Parts of a path below which job pages stand, in the languages of European careers pages. Drawn
#: from the public addresses of careers sites; WordPress plugins (WP Job Manager: /job/), Personio,
#: Teamtailor, SuccessFactors (/job/), Phenom (/job/), TalentBrew (/job/) are among them.
JOB_WORDS = frozenset(
    """
    job jobs job-listing job_listing job-listings job-offer job-offers joboffer joboffers
    job-detail job-details jobdetail jobdetails job-posting jobposting job-opening job-openings
    jobopening jobopenings job-opportunities viewjob view-job remote-job remote-jobs career careers
    position positions open-positions open-position vacancy vacancies vacature vacatures
    opening openings
    current-openings opportunity opportunities role roles open-roles requisition posting postings
    hiring work-with-us join-us join
    stelle stellen stellenangebot stellenangebote stellenanzeige stellenanzeigen jobangebot
    jobangebote karriere offene-stellen
    emploi emplois offre offres offre-emploi offre-d-emploi offres-emploi offres-d-emploi carriere
    carrieres recrutement poste postes
    empleo empleos oferta ofertas oferta-empleo ofertas-empleo oferta-de-empleo ofertas-de-empleo
    trabajo trabajos vacante vacantes vaga vagas oportunidade oportunidades carreiras
    lavoro offerta-di-lavoro offerte-di-lavoro posizioni-aperte lavora-con-noi
    praca oferta-pracy oferty-pracy kariera kariery volna-mista volne-pozice
    jobb lediga-jobb ledige-stillinger stilling stillinger tyopaikat avoimet-tyopaikat
    """.split()
)
#: Parts of a path below which lists and reading matter stand, not jobs.
LISTS = frozenset(
    """
    category categories job-category job_category job-type job_type job-tag job_tag location
    locations job-location department departments tag tags page pages search author companies
    employer employers feed rss sitemap blog news press stories story event events login signin
    signup register alerts job-alerts saved-jobs talent-community talent-network
    """.split()
)
#: Last parts of a path that are pages about working there.
READING = frozenset(
    """
    benefits culture values life life-at about about-us faq faqs diversity inclusion students team
    teams company graduates internships early-careers our-people people employee-stories
    hiring-process how-we-hire privacy privacy-policy cookies legal terms imprint impressum contact
    post-a-job submit-job thank-you all index apply application rewards perks overview home why-us
    """.split()
)
#: Parameters that name one job.
_JOB_PARAMETERS = frozenset(
    ("job", "jobid", "job_id", "jid", "gh_jid", "vacancy", "vacancyid", "positionid", "reqid")
)
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)\Z")
_NUMBERED = re.compile(r"(.+?)[-_](?:.*[-_])?\d{2,}")
_SITEMAP = re.compile(
    r"job|career|position|vacanc|vacatur|stelle|karriere|opening|emploi|empleo|vaga"
)


def is_job(url: str) -> bool:
    """Tell whether an address looks like the page of one job.

    >>> is_job("https://a.example/careers/4711-cook"), is_job("https://a.example/careers/benefits")
    (True, False)
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, max_num_fields=50)
    except ValueError:
        return False
    if any(name.lower() in _JOB_PARAMETERS and value for name, value in pairs):
        return True
    path = _ENDING.sub("", unquote(parts.path).lower())
    segments = [segment for segment in path.split("/") if segment]
    if not segments or segments[-1] in READING or LISTS.intersection(segments):
        return False
    if segments[-1] not in JOB_WORDS and JOB_WORDS.intersection(segments[:-1]):
        return True
    numbered = _NUMBERED.fullmatch(segments[-1][:200])
    return numbered is not None and numbered[1] in JOB_WORDS


def is_about_jobs(url: str) -> bool:
    """Tell whether a sitemap's own name says that it lists jobs ("job_listing-sitemap.xml")."""
    return bool(_SITEMAP.search(url.rpartition("/")[2].lower()))


def same_site(url: str, site: str) -> bool:
    """Tell whether an address is on the site's host, below it or above it.

    A sitemap may only speak of its own site (https://www.sitemaps.org/protocol.html#location), and
    nobody may send us to other ones through it.
    """
    try:
        parts = urlsplit(url)
        one, other = _host(url), _host(site)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not one:
        return False
    if "." not in one:
        return one == other
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
