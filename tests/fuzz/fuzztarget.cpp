// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "fuzztarget.h"

#include <QtCore/QByteArray>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace QAsyncMySql::Test {

namespace {

std::map<std::string, FuzzTarget::Function> &targets()
{
    static std::map<std::string, FuzzTarget::Function> all;
    return all;
}

const FuzzTarget::Function &chosen()
{
    static const FuzzTarget::Function *target = [] {
        const FuzzTarget::Function *found = FuzzTarget::find(qgetenv("QASYNCMYSQL_FUZZ_TARGET"));
        if (!found) {
            std::fprintf(stderr, "QASYNCMYSQL_FUZZ_TARGET must name one of these:\n");
            FuzzTarget::printNames();
            std::exit(2);
        }
        return found;
    }();
    return *target;
}

} // namespace

FuzzTarget::FuzzTarget(const char *name, Function function)
{
    targets().emplace(name, std::move(function));
}

const FuzzTarget::Function *FuzzTarget::find(QByteArrayView name)
{
    const auto found = targets().find(std::string(name.data(), size_t(name.size())));
    return found == targets().end() ? nullptr : &found->second;
}

void FuzzTarget::printNames()
{
    for (const auto &[name, function] : targets())
        std::printf("%s\n", name.c_str());
}

void require(bool condition, const char *what)
{
    if (condition)
        return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

} // namespace QAsyncMySql::Test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QAsyncMySql::Test::chosen()(QByteArrayView(data, qsizetype(size)));
    return 0;
}
