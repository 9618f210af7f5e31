# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

include(GenerateExportHeader)

set(QASYNCMYSQL_GENERATED_INCLUDE "${PROJECT_BINARY_DIR}/include")
set(QASYNCMYSQL_FORWARDERS "${PROJECT_BINARY_DIR}/forwarders")

# qasyncmysql_add_library(<Component>
#     EXPORT_MACRO <macro>    # what public classes are marked with
#     [PUBLIC <targets>...]   # what users of the library need as well
#     [PRIVATE <targets>...]
#     [NO_INTERNAL_VARIANT])
#
# Makes the library QAsyncMySql<Component>, its alias QAsyncMySql::<Component>, its export header, its include folders and its
# install rules. Sources are added by the folders, with target_sources(QAsyncMySql<Component> PRIVATE ...).
#
# Symbols are hidden unless exported. For unit tests, which look inside, the same object files are put into a static
# library too, QAsyncMySql::<Component>Internal: nothing is compiled twice, and what users get is not softened for tests.
# A program must link either kind, never both.
function(qasyncmysql_add_library component)
    cmake_parse_arguments(PARSE_ARGV 1 arg "NO_INTERNAL_VARIANT" "EXPORT_MACRO" "PUBLIC;PRIVATE")
    set(target QAsyncMySql${component})
    if(NOT TARGET ${target})
        add_library(${target})
    endif()
    add_library(QAsyncMySql::${component} ALIAS ${target})
    qasyncmysql_apply_build_flags(${target})
    qasyncmysql_precompile(${target})

    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target}
        PUBLIC
            "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
            "$<BUILD_INTERFACE:${QASYNCMYSQL_GENERATED_INCLUDE}>"
            "$<BUILD_INTERFACE:${QASYNCMYSQL_FORWARDERS}/${component}>"
            "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>"
        PRIVATE "${PROJECT_SOURCE_DIR}/src"
    )
    # Before 1.0 a minor release may change the binary interface.
    if(PROJECT_VERSION_MAJOR EQUAL 0)
        set(soversion "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}")
    else()
        set(soversion "${PROJECT_VERSION_MAJOR}")
    endif()
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${component}
        VERSION ${PROJECT_VERSION}
        SOVERSION ${soversion}
        POSITION_INDEPENDENT_CODE ON
    )
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT QASYNCMYSQL_SANITIZE AND NOT QASYNCMYSQL_FUZZ)
        # A missing symbol is our fault and not the user's: say so when the library is linked. (Sanitizers leave theirs open.)
        target_link_options(${target} PRIVATE "$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,SHARED_LIBRARY>:-Wl,--no-undefined>")
    endif()
    add_dependencies(${target} qasyncmysql_forwarders)
    _qasyncmysql_add_public_headers(${component})
    # moc depends on this folder's CMakeLists.txt alone; sources that a folder below adds would leave it asleep.
    file(REMOVE "${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/timestamp")

    string(TOUPPER "${component}" upper)
    string(TOLOWER "${component}" lower)
    set(static_define QASYNCMYSQL_${upper}_STATIC_DEFINE)
    generate_export_header(${target}
        BASE_NAME QASYNCMYSQL_${upper}
        EXPORT_MACRO_NAME ${arg_EXPORT_MACRO}
        STATIC_DEFINE ${static_define}
        EXPORT_FILE_NAME "${QASYNCMYSQL_GENERATED_INCLUDE}/QAsyncMySql/qasyncmysql_${lower}_export.h"
    )
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
        target_compile_definitions(${target} PUBLIC ${static_define})
    endif()

    if(QASYNCMYSQL_BUILD_TESTS AND NOT arg_NO_INTERNAL_VARIANT)
        _qasyncmysql_add_internal_variant(${component} ${static_define}
            PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    endif()
    if(QASYNCMYSQL_INSTALL)
        qasyncmysql_install_library(${component})
    endif()
    set_property(GLOBAL APPEND PROPERTY QASYNCMYSQL_COMPONENTS ${component})
endfunction()

# moc finds a header beside its source only; the public ones are elsewhere. Those with a source of the same name are added.
function(_qasyncmysql_add_public_headers component)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/*.cpp" "${PROJECT_SOURCE_DIR}/qml/*.cpp")
    set(names)
    foreach(source IN LISTS sources)
        get_filename_component(name "${source}" NAME_WE)
        list(APPEND names ${name})
    endforeach()
    qasyncmysql_public_headers(headers ${component})
    foreach(header IN LISTS headers)
        get_filename_component(name "${header}" NAME_WE)
        if(name IN_LIST names)
            target_sources(QAsyncMySql${component} PRIVATE "${header}")
        endif()
    endforeach()
endfunction()

function(_qasyncmysql_add_internal_variant component static_define)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "PUBLIC;PRIVATE")
    # Our own libraries below this one are linked in the same variant.
    list(TRANSFORM arg_PUBLIC APPEND "Internal" REGEX "^QAsyncMySql::")
    list(TRANSFORM arg_PRIVATE APPEND "Internal" REGEX "^QAsyncMySql::")

    set(target QAsyncMySql${component}Internal)
    add_library(${target} STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:QAsyncMySql${component}>)
    add_library(QAsyncMySql::${component}Internal ALIAS ${target})
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX AUTOMOC OFF)
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} ${arg_PRIVATE})
    target_compile_definitions(${target} INTERFACE ${static_define})
    target_include_directories(${target} INTERFACE
        "${PROJECT_SOURCE_DIR}/include"
        "${QASYNCMYSQL_GENERATED_INCLUDE}"
        "${QASYNCMYSQL_FORWARDERS}/${component}"
        "${PROJECT_SOURCE_DIR}/src"
    )
endfunction()

# The generated headers that all libraries share.
function(qasyncmysql_generate_headers)
    set(source_dir "${PROJECT_SOURCE_DIR}/include/QAsyncMySql")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/qasyncmysql_version.h.in"
                   "${QASYNCMYSQL_GENERATED_INCLUDE}/QAsyncMySql/qasyncmysql_version.h" @ONLY)

    file(GLOB headers CONFIGURE_DEPENDS "${source_dir}/*.h")
    foreach(component IN ITEMS Core Models Qml Testing)
        file(MAKE_DIRECTORY "${QASYNCMYSQL_FORWARDERS}/${component}")
    endforeach()
    qasyncmysql_write_forwarders("${source_dir}" "${QASYNCMYSQL_FORWARDERS}")
    set(stamp "${PROJECT_BINARY_DIR}/forwarders.stamp")
    set(script "${PROJECT_SOURCE_DIR}/cmake/QAsyncMySqlHeaders.cmake")
    add_custom_command(OUTPUT "${stamp}"
        COMMAND "${CMAKE_COMMAND}" "-DSOURCE_DIR=${source_dir}" "-DOUTPUT_DIR=${QASYNCMYSQL_FORWARDERS}"
                "-DSTAMP=${stamp}" -P "${script}"
        DEPENDS ${headers} "${script}"
        COMMENT "Generating the CamelCase headers"
        VERBATIM
    )
    add_custom_target(qasyncmysql_forwarders DEPENDS "${stamp}")
endfunction()
