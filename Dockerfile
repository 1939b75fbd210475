# Hearsay in a container: one static binary on Debian's slim image.
#
#   docker build -t hearsay .
#   docker run -p 8080:8080 -v ./transcripts:/transcripts:ro -v hearsay:/data hearsay

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY Makefile ./
COPY server server
COPY static static
COPY transcripts transcripts
RUN make release && mkdir -p /out/data /out/transcripts && cp bin/hearsay-linux-* /out/hearsay

FROM debian:bookworm-slim
COPY --from=build /out/hearsay /usr/local/bin/hearsay
# 65532: nobody in particular. The folders exist so that fresh volumes are theirs.
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/transcripts /transcripts
ENV HEARSAY_ADDR=0.0.0.0:8080 HEARSAY_TRANSCRIPTS=/transcripts HEARSAY_DATA=/data
USER 65532:65532
EXPOSE 8080
VOLUME ["/transcripts", "/data"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["hearsay", "health"]
ENTRYPOINT ["hearsay"]
CMD ["serve"]
