# `make help` lists every target. PORT, HOST, XINGHUI_VAR, DATABASE_URL and the rest: docs/environment.md
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
PIP_SYNC := .venv/bin/pip install -qq --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r
PYTEST := .venv/bin/pytest -n $(or $(JOBS),auto)
PO := $(wildcard */locale/*/LC_MESSAGES/*.po cms/translations/*/*/LC_MESSAGES/*.po)
AUDIT := tests/audit/node_modules/.package-lock.json
TEMPLATES = $(shell git ls-files '*.html' 2>/dev/null)

.PHONY: help
help: ## 列出全部目标
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: run
run: .venv/run $(PO:.po=.mo) ## 安装、迁移、载入演示内容，启动网站、后台与任务进程（PORT=8000 HOST=127.0.0.1）
	@exec $(PYTHON) manage.py start

.PHONY: test
test: .venv/test $(PO:.po=.mo) ## 在 SQLite 上运行全部测试（含浏览器测试）
	$(PYTEST) $(TESTS)

.PHONY: test-postgres
test-postgres: .venv/test $(PO:.po=.mo) ## 在私有的 PostgreSQL 实例上运行同一套测试
	bash .ci/postgres -n $(or $(JOBS),auto) -m "survival or not (browser or system)" $(TESTS)

.PHONY: test-survival
test-survival: .venv/test $(PO:.po=.mo) ## 只运行导入的中断与并发测试（kill -9、两人同时导入），SQLite 与 PostgreSQL 各一遍
	.venv/bin/pytest -m survival tests/system
	bash .ci/postgres -m survival tests/system

.PHONY: check
check: .venv/test $(PO:.po=.mo) ## 格式、静态检查、类型、分层、迁移、模板、翻译、部署检查、许可证、已知漏洞
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy cms content exports
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
	.venv/bin/djhtml --check --tabwidth 2 $(TEMPLATES)
	.venv/bin/djlint --lint --quiet $(TEMPLATES)
	$(PYTHON) manage.py check_translations
	SECRET_KEY=$$(head -c 48 /dev/urandom | base64 -w0) ALLOWED_HOSTS=www.example.cn DJANGO_SETTINGS_MODULE=cms.settings.production \
	  $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) manage.py check_licences
	.venv/bin/pip-audit --requirement requirements.txt --no-deps --disable-pip --progress-spinner off

.PHONY: bench
bench: .venv/test $(PO:.po=.mo) ## 性能对比（与通用做法同机同次运行），写入 bench.json
	$(PYTHON) -m tests.bench

.PHONY: audit
audit: $(AUDIT) $(PO:.po=.mo) ## 网页质量：Lighthouse 四项、Nu 检查器、体积与速度，写入 docs/audit/
	$(PYTHON) -m tests.audit

.PHONY: pictures
pictures: .venv/test $(PO:.po=.mo) ## 每种公开页面的手机、平板、桌面截图与打印稿，写入 var/pictures/
	$(PYTHON) -m tests.audit.pictures

.PHONY: guide-pictures
guide-pictures: .venv/test $(PO:.po=.mo) ## 重拍管理员指南的配图（docs/img/import-*.png 等）
	$(PYTHON) -m tests.guide

.PHONY: messages
messages: .venv/test ## 从代码收集待翻译文字到各房间的 locale/
	$(PYTHON) manage.py makemessages -l zh_Hans --no-location --no-wrap --no-obsolete -i .venv -i var -i tests

.PHONY: format
format: .venv/test ## 统一 Python 与模板格式
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	.venv/bin/djhtml --tabwidth 2 $(TEMPLATES)

.PHONY: lock
lock: .venv/test ## 重新锁定依赖版本与哈希
	.venv/bin/uv pip compile -q --upgrade --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile -q --upgrade --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

.PHONY: clean
clean: ## 删除虚拟环境与缓存（保留 var/ 中的数据）
	rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name '*.mo' -not -path './.venv/*' -delete

.venv/python:
	@cms/ops/system-packages.sh run
	@echo "正在创建虚拟环境 .venv"
	@python3 -m venv .venv
	@touch $@

.venv/run: requirements.txt | .venv/python
	@echo "正在安装 Python 依赖（首次约一分钟）"
	@$(PIP_SYNC) requirements.txt
	@touch $@

.venv/test: requirements-dev.txt | .venv/python
	@cms/ops/system-packages.sh test
	@echo "正在安装开发与测试依赖（首次约一分钟）"
	@$(PIP_SYNC) requirements-dev.txt
	@touch $@ .venv/run

$(AUDIT): tests/audit/package-lock.json .venv/test
	@cms/ops/system-packages.sh audit
	@echo "正在安装网页检查工具"
	@cd tests/audit && npm ci --silent
	@touch $@

%.mo: %.po
	@msgfmt --check-format --output-file $@ $<
