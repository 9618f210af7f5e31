# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# A user's project that has our sources in a folder of its own. FetchContent comes down to the same.

include("${TEST_DIR}/common.cmake")

configure("${TEST_DIR}/subdirectory" "${WORK_DIR}" "-DLIBRARY_SOURCE_DIR=${SOURCE_DIR}" "-DEXPECTED_VERSION=${VERSION}")
build_and_test("${WORK_DIR}")
