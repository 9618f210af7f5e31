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

# What a shared library shows to the world is an obligation: the layers inside are none of users' business.
file(GLOB shared "${first}/${LIBDIR}/libQAsyncMySql*.so")
if(NM AND shared)
    foreach(library IN LISTS shared)
        execute_process(COMMAND "${NM}" --dynamic --demangle --defined-only "${library}"
            OUTPUT_VARIABLE symbols RESULT_VARIABLE result)
        if(NOT result EQUAL 0 OR (library MATCHES "Core" AND NOT symbols MATCHES "QAsyncMySql::"))
            message(FATAL_ERROR "cannot read the symbols of ${library}")
        endif()
        # Qualified names at the start of a symbol; parameters and template arguments may well name internals.
        string(REGEX MATCHALL "[^\n]* [TDBRVW] (vtable for |typeinfo for )?QAsyncMySql::(Protocol|Transport)::[^\n]*" inner "${symbols}")
        if(inner)
            list(JOIN inner "\n" inner)
            message(FATAL_ERROR "${library} exports internals:\n${inner}")
        endif()
    endforeach()
endif()

get_filename_component(parent "${PREFIX}" DIRECTORY)
file(MAKE_DIRECTORY "${parent}")
file(RENAME "${first}" "${PREFIX}")
