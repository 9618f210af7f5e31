# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# A user's project with find_package(): a program, a QML program and a QtTest suite.

include("${TEST_DIR}/common.cmake")

if(NOT "$ENV{QASYNCMYSQL_REQUIRE_SERVERS}" STREQUAL "")
    set(ENV{QASYNCMYSQL_TEST_REQUIRED} 1) # the user's suite must not pass by skipping
endif()
configure("${TEST_DIR}/findpackage" "${WORK_DIR}"
    "-DCMAKE_PREFIX_PATH=${PREFIX}" "-DEXPECTED_VERSION=${VERSION}" "-DEXPECTED_COMPONENTS=${COMPONENTS}")
build_and_test("${WORK_DIR}")
