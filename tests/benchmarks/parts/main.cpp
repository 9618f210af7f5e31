// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// bench-parts                  a line of JSON for each part: its name, and ns for each of what it does
// bench-parts NAME COUNT       does it so often and says nothing: for a tool that counts instructions
// bench-parts --list           the names

#include "benchmarks/parts/part.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace Parts;

namespace {

std::vector<Part> allParts()
{
    std::vector<Part> all;
    for (const auto &some : {protocolParts(), valueParts(), statementParts(), clientParts(), modelParts()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

double nanoseconds(const Work &work, qint64 count)
{
    const auto begin = std::chrono::steady_clock::now();
    work(count);
    return double(std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin).count());
}

//! The least of several runs of some 20 ms each: what other programs do to the clock only ever adds.
double fastest(const Work &work)
{
    constexpr double Enough = 2e7;
    qint64 count = 16;
    while (nanoseconds(work, count) < Enough / 4)
        count *= 2;
    count *= 4;
    double best = nanoseconds(work, count);
    for (int i = 0; i < 6; ++i)
        best = std::min(best, nanoseconds(work, count));
    return best / double(count);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::string_view name = argc > 1 ? argv[1] : ""; // empty: all
    bool found = false;
    for (const Part &part : allParts()) {
        if (name == "--list") {
            std::printf("%.*s\n", int(part.name.size()), part.name.data());
            continue;
        }
        if (!name.empty() && name != part.name)
            continue;
        found = true;
        const Work work = part.setUp();
        if (argc > 2) {
            work(std::atoll(argv[2]));
            continue;
        }
        std::printf("{\"part\":\"%.*s\",\"unit\":\"%.*s\",\"ns\":%.2f}\n", int(part.name.size()),
                    part.name.data(), int(part.unit.size()), part.unit.data(), fastest(work));
        std::fflush(stdout);
    }
    return found || name == "--list" ? 0 : 1;
}
