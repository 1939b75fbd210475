# Hearsay. Two targets do everything: make run, make test.

# SQLite's full text search needs this tag; it is set here and nowhere else.
TAGS := sqlite_fts5
export GOFLAGS := $(GOFLAGS) -tags=$(TAGS)
export CGO_ENABLED := 1

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
BROWSER     := static/test
SUDO        := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: run build release test setup check fmt vet lint unit node browser webkit bench taps fuzz clean

run: ## serve the shelf in transcripts/, or the demo
	go run ./server/cmd/hearsay serve

build: ## bin/hearsay
	go build -trimpath -o bin/hearsay ./server/cmd/hearsay

release: ## a static Linux binary: bin/hearsay-linux-ARCH
	go build -trimpath -tags=$(TAGS),netgo,osusergo,sqlite_omit_load_extension \
	  -ldflags '-s -w -linkmode external -extldflags "-static"' \
	  -o bin/hearsay-linux-$$(go env GOARCH) ./server/cmd/hearsay

test: setup check ## everything that CI checks, with its own set-up

setup: ## what the tests need: Debian's Chromium, Firefox, ffmpeg and Node, and the browser tests' packages
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v firefox-esr >/dev/null || missing="$$missing firefox-esr"; \
	command -v ffmpeg >/dev/null || missing="$$missing ffmpeg"; \
	command -v node >/dev/null || missing="$$missing nodejs"; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	if [ -n "$$missing" ]; then echo "installing$$missing"; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; fi
	cd $(BROWSER) && npm ci --no-audit --no-fund --loglevel=error

check: fmt vet lint unit node browser

fmt:
	@bad=$$(gofmt -l server static transcripts); [ -z "$$bad" ] || { echo "not gofmt-ed: $$bad"; exit 1; }

vet:
	go vet ./...

lint:
	go run $(STATICCHECK) -checks all,-ST1000,-ST1020,-ST1021,-ST1022 ./...

unit:
	go test -race ./...

node:
	node --test $(BROWSER)/core/*.test.js

ALONE := $(BROWSER)/browser/light.test.mjs $(BROWSER)/engines/firefox.test.mjs # these judge every frame: each has the machine to itself

browser: build
	HEARSAY_BIN=$(CURDIR)/bin/hearsay node --test --test-concurrency=3 $(filter-out $(ALONE),$(wildcard $(BROWSER)/browser/*.test.mjs))
	HEARSAY_BIN=$(CURDIR)/bin/hearsay node --test --test-concurrency=1 $(ALONE)

webkit: build ## the walk over the reading page in WebKitGTK, not part of make test
	@command -v WebKitWebDriver >/dev/null && command -v xvfb-run >/dev/null || { $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends webkit2gtk-driver xvfb xauth gstreamer1.0-plugins-good gstreamer1.0-libav; }
	HEARSAY_BIN=$(CURDIR)/bin/hearsay node --test $(BROWSER)/engines/webkit.test.mjs

bench: ## speed and accuracy; figures go to docs/benchmarks.md by hand
	go test -run '^$$' -bench . -benchmem ./...

taps: build ## how well taps time a text, on each kind of sound; some minutes
	@command -v espeak-ng >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends espeak-ng; }
	HEARSAY_BIN=$(CURDIR)/bin/hearsay node $(BROWSER)/bench/taps.mjs

FUZZTIME ?= 60s
fuzz: ## every fuzz target, FUZZTIME each
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 50x $$package || exit 1; \
	  done; done

clean:
	rm -rf bin data $(BROWSER)/node_modules
