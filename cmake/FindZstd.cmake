# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# Finds Zstandard: target Zstd::Zstd. Many distributions ship no CMake package for it, hence by pkg-config's hints and
# by name. Installed beside our package config, which needs it where the library is static.

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(PC_ZSTD QUIET libzstd)
endif()

find_path(Zstd_INCLUDE_DIR NAMES zstd.h HINTS ${PC_ZSTD_INCLUDEDIR} ${PC_ZSTD_INCLUDE_DIRS})
find_library(Zstd_LIBRARY NAMES zstd zstd_static HINTS ${PC_ZSTD_LIBDIR} ${PC_ZSTD_LIBRARY_DIRS})
mark_as_advanced(Zstd_INCLUDE_DIR Zstd_LIBRARY)

if(Zstd_INCLUDE_DIR AND EXISTS "${Zstd_INCLUDE_DIR}/zstd.h")
    file(STRINGS "${Zstd_INCLUDE_DIR}/zstd.h" _zstd_version
         REGEX "^#define ZSTD_VERSION_(MAJOR|MINOR|RELEASE) +[0-9]+")
    string(REGEX REPLACE "[^0-9;]" "" _zstd_version "${_zstd_version}")
    list(JOIN _zstd_version "." Zstd_VERSION)
    unset(_zstd_version)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Zstd
    REQUIRED_VARS Zstd_LIBRARY Zstd_INCLUDE_DIR
    VERSION_VAR Zstd_VERSION
    REASON_FAILURE_MESSAGE "install its development package (Debian and Ubuntu: libzstd-dev)"
)

if(Zstd_FOUND AND NOT TARGET Zstd::Zstd)
    add_library(Zstd::Zstd UNKNOWN IMPORTED)
    set_target_properties(Zstd::Zstd PROPERTIES
        IMPORTED_LOCATION "${Zstd_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${Zstd_INCLUDE_DIR}"
    )
endif()
