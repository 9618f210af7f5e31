# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# qasyncmysql_generate_schema(<target>
#     URL <url>               # mysql://user@host/schema; the password may come from QASYNCMYSQL_PASSWORD
#     OUTPUT <header>         # below the source folder, unless it is an absolute path
#     [NAMESPACE <name>]      # default Schema
#     [TABLES <names>...]     # default all
#     [EXCEPT <names>...]
#     [ON_DEMAND])
#
# Writes the C++ types of a database's tables, by the target <target>_schema, and before <target> is built. The header changes only
# when the tables do. With ON_DEMAND it is written only when <target>_schema is built by name: the header is then a file of the
# project, and building it needs no database.
function(qasyncmysql_generate_schema target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "ON_DEMAND" "URL;OUTPUT;NAMESPACE" "TABLES;EXCEPT")
    if(NOT arg_URL OR NOT arg_OUTPUT OR arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "qasyncmysql_generate_schema(${target}): URL and OUTPUT are needed; unknown: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(TARGET qasyncmysql-schema)
        set(tool "$<TARGET_FILE:qasyncmysql-schema>")
    else()
        find_program(QAsyncMySql_SCHEMA_EXECUTABLE qasyncmysql-schema HINTS "${QAsyncMySql_TOOLS_DIR}")
        mark_as_advanced(QAsyncMySql_SCHEMA_EXECUTABLE)
        if(NOT QAsyncMySql_SCHEMA_EXECUTABLE)
            message(FATAL_ERROR "qasyncmysql_generate_schema(${target}): the program qasyncmysql-schema was not found; "
                                "build QAsyncMySql with QASYNCMYSQL_BUILD_EXAMPLES=ON")
        endif()
        set(tool "${QAsyncMySql_SCHEMA_EXECUTABLE}")
    endif()
    get_filename_component(output "${arg_OUTPUT}" ABSOLUTE)
    set(options --output "${output}")
    if(arg_NAMESPACE)
        list(APPEND options --namespace "${arg_NAMESPACE}")
    endif()
    foreach(table IN LISTS arg_TABLES)
        list(APPEND options --table "${table}")
    endforeach()
    foreach(table IN LISTS arg_EXCEPT)
        list(APPEND options --except "${table}")
    endforeach()
    # Each time: whether the tables have changed is for the database to say.
    set(byproducts)
    if(NOT arg_ON_DEMAND)
        set(byproducts BYPRODUCTS "${output}")
    endif()
    add_custom_target(${target}_schema COMMAND "${tool}" generate "${arg_URL}" ${options} ${byproducts} COMMENT "Reading the schema into ${arg_OUTPUT}" VERBATIM)
    if(NOT arg_ON_DEMAND)
        add_dependencies(${target} ${target}_schema)
    endif()
endfunction()
