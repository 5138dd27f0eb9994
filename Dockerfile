# jobtide with its web page, PostgreSQL, alerts and exports; see docs/how-to/run-in-containers.md.
FROM python:3.12.12-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY src src
COPY boards boards
RUN python -m venv /opt/jobtide \
 && /opt/jobtide/bin/pip install --no-cache-dir --disable-pip-version-check \
      -c constraints.txt '.[web,postgres,alerts,export]'

FROM python:3.12.12-slim-bookworm
RUN useradd --system --user-group --uid 10001 --home-dir /srv/jobtide --create-home \
      --shell /usr/sbin/nologin jobtide
COPY --from=build /opt/jobtide /opt/jobtide
COPY --chmod=0755 tools/container_entrypoint.sh /usr/local/bin/container-entrypoint
ENV PATH=/opt/jobtide/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    JOBTIDE_LOG_FORMAT=json
WORKDIR /srv/jobtide
USER 10001:10001
EXPOSE 8765
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8765/healthz', timeout=4)"]
ENTRYPOINT ["container-entrypoint"]
CMD ["jobtide", "serve", "--host", "0.0.0.0"]
