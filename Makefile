# One file, GNU make, not recursive. Sources are found by their directory, so
# a new module, test or command needs no line here; `make help` is the index.
#
# Every flavour (plain, asan, cover, fuzz) is the same rules over a directory
# of its own, so that switching between them rebuilds nothing.
#
# A line says what is made; make V=1 prints the commands, make -s neither.

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
COMMANDS = convert velocity attribution sla pack
FUZZ_SECONDS = 20

CC = cc
CLANG = clang
PKG_CONFIG = pkg-config
GCOV = gcov
CFLAGS = -O2 -g

VERSION := $(shell sed -n 's/^.define FNL_VERSION "\(.*\)"/\1/p' \
	libfunnel/funnel.h)

# pkg-config where the library has a .pc file; libcsv has none.
PACKAGES = gsl libcyaml yaml-0.1 jansson popt libutf8proc libmd libical \
	libpcre2-8 xlsxwriter
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) cmocka 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
LIBS = -lcsv $(PKG_LIBS) -lm
TEST_LIBS := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null)

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes
# No contraction: a fused multiply-add gives other last digits on other
# machines.
FIXED = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
	-ffp-contract=off $(WARNINGS) -Ilibfunnel -Ibuild/bytes $(PKG_CFLAGS)
ASAN = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
COVER = -O0 -g --coverage
FUZZ = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all

LIB := $(wildcard libfunnel/*.c)
CMD := $(wildcard cmd/*.c)
UNIT := $(wildcard tests/unit/test_*.c)
BENCH := $(wildcard tests/bench/*.c)
COVERAGE := $(wildcard tests/coverage/*.c)
FUZZ_C := $(wildcard tests/fuzz/fuzz_*.c)
MAN := $(wildcard man/*.[1-9])
MISSING = libraries are missing (pkg-config cannot find them): run \
	./bootstrap deps
NAME = funnel-$(VERSION)
# Files in a package are dated by the last commit, not by this machine.
EPOCH = $${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || \
	echo 0)}
STAGE = build/distcheck/stage
DISTMAKE = $(MAKE) --no-print-directory -C build/distcheck/$(NAME)
MAINTAINER = funnel developers <funnel@localhost>
LINKS = $(COMMANDS:%=funnel-%)

# The rules are $(call say,WHAT), then $(Q)command.
V = 0
Q = $(if $(filter 0,$(V)),@)
SILENT := $(findstring s,$(firstword -$(MAKEFLAGS)))
say = @$(if $(SILENT)$(filter-out 0,$(V)),:,printf '  %-4s %s\n' $(1) '$(2)')

all: funnel $(LINKS) ## build ./funnel and its links

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s%s\n", $$1, $$2 }' \
		Makefile

# A file that the program carries, byte by byte, for an array of C.
build/bytes/%.h: libfunnel/%
	@mkdir -p $(@D)
	$(Q)od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' >$@

# 1 directory, 2 directory of the program, 3 compiler, 4 flags
define flavour
$(1)_OBJECTS := $(patsubst %.c,$(1)/%.o,$(LIB) $(CMD) $(UNIT) $(BENCH) \
	$(COVERAGE) $(FUZZ_C))
$(1)_TESTS := $(UNIT:tests/unit/%.c=$(1)/unit/%)

$(1)/flags: FORCE
	$$(if $$(and $$(PKG_LIBS),$$(TEST_LIBS)),,$$(error $(MISSING)))
	@mkdir -p $$(@D)
	@echo '$(3) $$(FIXED) $$(CPPFLAGS) $(4)' | cmp -s - $$@ || \
		echo '$(3) $$(FIXED) $$(CPPFLAGS) $(4)' >$$@

$$($(1)_OBJECTS): $(1)/%.o: %.c $(1)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$<)
	$$(Q)$(3) $$(FIXED) $$(CPPFLAGS) $(4) -MMD -MP -c -o $$@ $$<

$(1)/libfunnel/page.o: build/bytes/page.css.h build/bytes/page.js.h

$(1)/libfunnel.a: $(LIB:%.c=$(1)/%.o)
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@
	$$(Q)$$(AR) rcs $$@ $$^

$(2)funnel: $(CMD:%.c=$(1)/%.o) $(1)/libfunnel.a
	$$(call say,LD,$$@)
	$$(Q)$(3) $(4) $$(LDFLAGS) -o $$@ $$^ $$(LIBS)

$(LINKS:%=$(2)%): $(2)funnel
	$$(call say,LN,$$@)
	$$(Q)ln -sf funnel $$@

$$($(1)_TESTS): $(1)/unit/%: $(1)/tests/unit/%.o $(1)/libfunnel.a
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$(3) $(4) $$(LDFLAGS) -o $$@ $$^ $$(LIBS) $$(TEST_LIBS)

-include $$($(1)_OBJECTS:.o=.d)
endef

$(eval $(call flavour,build,,$$(CC),$$(CFLAGS)))
$(eval $(call flavour,build/asan,build/asan/,$$(CC),$$(ASAN)))
$(eval $(call flavour,build/cover,build/cover/,$$(CC),$$(COVER)))
$(eval $(call flavour,build/fuzz,build/fuzz/,$$(CLANG),$$(FUZZ)))

BENCHES = $(BENCH:tests/%.c=build/%) $(COVERAGE:tests/%.c=build/%)
$(BENCHES): build/%: build/tests/%.o build/libfunnel.a
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

FUZZERS = $(FUZZ_C:tests/%.c=build/%)
build/fuzz/flags: build/fuzz/runtime
$(FUZZERS): build/fuzz/%: build/fuzz/tests/fuzz/%.o build/fuzz/libfunnel.a
	$(call say,LD,$@)
	$(Q)$(CLANG) $(FUZZ) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

build/fuzz/runtime:
	@mkdir -p $(@D)
	@printf '%s\n' '#include <stddef.h>' '#include <stdint.h>' \
		'int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);' \
		'int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)' \
		'{ return !p && n; }' | $(CLANG) \
		-fsanitize=fuzzer,address,undefined -x c - -o $@ 2>/dev/null \
	|| { echo '$(CLANG) has no fuzzer runtime; on Debian and Ubuntu:' \
		'apt-get install clang libclang-rt-dev' >&2; exit 1; }

deps: ## install the compiler and the libraries (Debian, Ubuntu)
	./bootstrap deps

check: check-build ## build and run every test
	@tests/run

check-build: all $(build_TESTS) ## build what check runs

check-unit: $(build_TESTS) ## only the unit tests
	@tests/run unit

check-golden: all ## only the golden cases
	@tests/run cases

check-browser: all ## only the page, in headless Chromium
	@command -v chromium >/dev/null || { \
		echo 'chromium is missing: run ./bootstrap check-browser' >&2; \
		exit 1; }
	@tests/run browser

demo: ## a tour over the samples
	@[ -x funnel ] || echo 'building ./funnel (once)' >&2
	@$(MAKE) -s --no-print-directory all
	@samples/demo

examples: all ## write what the examples of the documents print now
	@PATH="$(CURDIR):$$PATH" tests/examples -u README.md samples/README.md \
		$(MAN)

charts: all ## draw the pictures of the documents
	@PATH="$(CURDIR):$$PATH" samples/charts/draw

bench: all $(BENCHES) ## time and memory on generated files
	@tests/bench/run

coverage-report: build/coverage/coverage ## tests/coverage/README.md anew
	$(Q)build/coverage/coverage >tests/coverage/README.md
	@cat tests/coverage/README.md

lint: all ## layers, bans, format and static analysis
	@tests/lint-selftest
	@FLAGS="$(FIXED)" tests/lint

asan: ## every test with address and undefined behaviour checks
asan: build/asan/funnel $(LINKS:%=build/asan/%) $(build/asan_TESTS)
	@tests/run -d build/asan

cover: ## lines of each file that the tests reach
cover: build/cover/funnel $(LINKS:%=build/cover/%) $(build/cover_TESTS)
	@find build/cover -name '*.gcda' -exec rm -f {} +
	@tests/run -d build/cover
	@for file in $(LIB) $(CMD); do \
		$(GCOV) -n -o build/cover/$${file%/*} $$file; \
	done 2>/dev/null | awk -F "[':% ]" ' \
		/^File/ { file = $$3 } \
		/^Lines/ && file ~ /[.]c$$/ { \
			printf "%6.2f%% of %5d  %s\n", $$3, $$NF, file; \
			hit += $$3 * $$NF; all += $$NF; file = "" } \
		END { printf "%6.2f%% of %5d  in all\n", \
			all ? hit / all : 0, all }'

fuzz: $(FUZZERS) ## FUZZ_SECONDS of random input to each fuzz target
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run $(FUZZERS)

install: all ## install under PREFIX (/usr/local), below DESTDIR
	$(call say,INST,$(DESTDIR)$(BINDIR): funnel $(LINKS))
	$(Q)mkdir -p $(DESTDIR)$(BINDIR)
	$(Q)install -m 755 funnel $(DESTDIR)$(BINDIR)/funnel
	$(Q)for link in $(LINKS); do \
		ln -sf funnel $(DESTDIR)$(BINDIR)/$$link; done
	$(call say,INST,$(DESTDIR)$(MANDIR): $(MAN:man/%=%))
	$(Q)for page in $(MAN); do \
		section=$(DESTDIR)$(MANDIR)/man$${page##*.}; \
		mkdir -p $$section && install -m 644 $$page $$section; done

uninstall: ## remove what install put there
	$(call say,RM,$(DESTDIR)$(PREFIX): funnel $(LINKS) $(MAN:man/%=%))
	$(Q)cd $(DESTDIR)$(BINDIR) && rm -f funnel $(LINKS)
	$(Q)for page in $(MAN:man/%=%); do \
		rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$$page; done

dist: ## build/funnel-VERSION.tar.gz from the last commit
	$(call say,TAR,build/$(NAME).tar.gz)
	@mkdir -p build
	$(Q)git archive --prefix=$(NAME)/ -o build/$(NAME).tar HEAD
	$(Q)gzip -9nf build/$(NAME).tar

# Installing and uninstalling must leave no file behind.
distcheck: dist ## build, check and install what dist made, elsewhere
	$(Q)rm -rf build/distcheck
	$(Q)mkdir -p build/distcheck
	$(Q)gzip -dc build/$(NAME).tar.gz | tar -xf - -C build/distcheck
	$(Q)FUNNEL_SHARED="$${FUNNEL_SHARED:-$(CURDIR)/../shared}" \
		$(DISTMAKE) check
	$(Q)$(DISTMAKE) install DESTDIR=$(CURDIR)/$(STAGE)
	$(Q)$(STAGE)$(BINDIR)/funnel-convert --version
	$(Q)$(DISTMAKE) uninstall DESTDIR=$(CURDIR)/$(STAGE)
	$(Q)test -z "$$(find $(STAGE) ! -type d)"
	$(Q)rm -rf build/distcheck

deb: all ## build/funnel_VERSION_ARCH.deb
	$(Q)rm -rf build/deb
	$(Q)mkdir -p build/deb/debian build/deb/tree/DEBIAN
	$(Q)$(MAKE) --no-print-directory install PREFIX=/usr \
		DESTDIR=$(CURDIR)/build/deb/tree
	$(Q)strip build/deb/tree/usr/bin/funnel
	$(Q)find build/deb/tree -name '*.[1-9]' -exec gzip -9n {} +
	$(Q)mkdir -p build/deb/tree/usr/share/doc/funnel
	$(Q)cp COPYING build/deb/tree/usr/share/doc/funnel/copyright
	$(Q)echo 'Source: funnel' >build/deb/debian/control
	$(Q)cd build/deb && dpkg-shlibdeps -O tree/usr/bin/funnel >depends
	$(Q){ printf '%s: %s\n' Package funnel Version $(VERSION) \
		Architecture "$$(dpkg --print-architecture)" Section utils \
		Priority optional Maintainer '$(MAINTAINER)'; \
	sed 's/^shlibs:Depends=\(.*\)/Depends: \1, tzdata/' build/deb/depends; \
	echo 'Recommends: gnuplot-nox'; \
	printf '%s\n' 'Description: funnel numbers from CRM exports' \
		' Reads CSV exports of a CRM and prints one agreed set of' \
		' funnel numbers, with the definitions they rest on.'; \
	} >build/deb/tree/DEBIAN/control
	$(Q)SOURCE_DATE_EPOCH=$(EPOCH) dpkg-deb --root-owner-group \
		--build build/deb/tree build

clean: ## remove everything that make made
	rm -rf build funnel $(LINKS)

FORCE:
.DELETE_ON_ERROR:
.PHONY: FORCE help all deps check check-build check-unit check-golden \
	check-browser demo examples charts bench coverage-report lint asan cover \
	fuzz install uninstall dist distcheck deb clean
