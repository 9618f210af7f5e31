# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# Installs the build, moves the result elsewhere, and looks for what must and what must not be in it.

include("${TEST_DIR}/common.cmake")

set(first "${WORK_DIR}/first")
file(REMOVE_RECURSE "${first}" "${PREFIX}")
run("${CMAKE_COMMAND}" --build "${BUILD_DIR}" --config "${CONFIG}")
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --config "${CONFIG}" --prefix "${first}")

# A path of this machine in a text file would tie the package to the place it was built at.
file(GLOB_RECURSE texts "${first}/*.cmake" "${first}/*.pc" "${first}/*.h" "${first}/*/qmldir" "${first}/*.qmltypes")
foreach(file IN LISTS texts)
    file(READ "${file}" content)
    foreach(path IN ITEMS "${first}" "${BUILD_DIR}" "${SOURCE_DIR}")
        string(FIND "${content}" "${path}" position)
        if(NOT position EQUAL -1)
            message(FATAL_ERROR "${file} names ${path}: the installed package could not be moved")
        endif()
    endforeach()
endforeach()

foreach(file IN ITEMS
        "include/QAsyncMySql/global.h"
        "include/QAsyncMySql/Connection"
        "${LIBDIR}/cmake/QAsyncMySql/QAsyncMySqlConfig.cmake"
        "${LIBDIR}/cmake/QAsyncMySql/QAsyncMySqlConfigVersion.cmake"
        "${LIBDIR}/pkgconfig/QAsyncMySqlCore.pc")
    if(NOT EXISTS "${first}/${file}")
        message(FATAL_ERROR "not installed: ${file}")
    endif()
endforeach()

get_filename_component(parent "${PREFIX}" DIRECTORY)
file(MAKE_DIRECTORY "${parent}")
file(RENAME "${first}" "${PREFIX}")
