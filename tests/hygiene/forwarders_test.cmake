# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

# What the generator of the CamelCase headers makes of headers of all kinds. Usage: cmake -DSCRIPT=<file> -DWORK_DIR=<folder> -P <this>

cmake_minimum_required(VERSION 3.22)
include("${SCRIPT}")

set(source "${WORK_DIR}/source")
set(output "${WORK_DIR}/output")
file(REMOVE_RECURSE "${source}" "${output}")

# expect(<header> <component> <names>...)
function(expect header component)
    qasyncmysql_public_names(names "${source}/${header}")
    qasyncmysql_header_component(owner "${source}/${header}")
    if(NOT "${names}" STREQUAL "${ARGN}" OR NOT owner STREQUAL component)
        message(SEND_ERROR "${header}: got ${owner}: \"${names}\", expected ${component}: \"${ARGN}\"")
    endif()
endfunction()

file(WRITE "${source}/plain.h" [=[
namespace QAsyncMySql {
class Forward;
struct AlsoForward; // with a remark
class QASYNCMYSQL_EXPORT Plain
{
    class Nested
    {
    };
    enum class Inner { A };
};
class QASYNCMYSQL_EXPORT Derived final : public Plain
{
};
} // namespace QAsyncMySql
class Outside
{
};
]=])
expect(plain.h Core Plain Derived)

file(WRITE "${source}/template.h" [=[
namespace QAsyncMySql {
namespace Internal {
class Hidden
{
};
} // namespace Internal
namespace Internal {
class Short;
}
template<class T>
class [[nodiscard]] Result
{
};
template<>
class [[nodiscard]] Result<void>
{
};
enum class Mode : quint8 {
    On,
};
Q_DECLARE_FLAGS(Modes, Mode)
} // namespace QAsyncMySql
]=])
expect(template.h Core Result Mode)

file(WRITE "${source}/model.h" [=[
namespace QAsyncMySql {
class QASYNCMYSQL_MODELS_EXPORT Model : public QObject
{
};
} // namespace QAsyncMySql
]=])
expect(model.h Models Model)

# Stale forwarders go, present ones are not touched.
file(WRITE "${output}/Core/QAsyncMySql/Stale" "")
qasyncmysql_write_forwarders("${source}" "${output}")
file(GLOB_RECURSE present RELATIVE "${output}" "${output}/*")
set(expected Core/QAsyncMySql/Derived Core/QAsyncMySql/Mode Core/QAsyncMySql/Plain Core/QAsyncMySql/Result Models/QAsyncMySql/Model)
if(NOT "${present}" STREQUAL "${expected}")
    message(SEND_ERROR "written: ${present}, expected: ${expected}")
endif()
