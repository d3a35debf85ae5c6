using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>A limit of time of a pattern is by the clock on the wall: a process that is paused for a moment, or a machine that is busy, runs into a short one.</summary>
public sealed partial class PatternTests
{
    private const int LeastMilliseconds = 10_000;

    [Fact]
    public void No_pattern_gives_up_after_a_moment()
    {
        var limits = Repository.Sources("src")
            .SelectMany(file => Limit().Matches(File.ReadAllText(file)).Select(match => (File: file, Limit: int.Parse(match.Groups["limit"].Value.Replace("_", "", StringComparison.Ordinal)))))
            .ToArray();

        limits.Length.ShouldBeGreaterThan(3);
        limits.Where(found => found.Limit is >= 0 and < LeastMilliseconds).Select(found => Path.GetRelativePath(Repository.Root, found.File)).ShouldBeEmpty();
    }

    [GeneratedRegex("matchTimeoutMilliseconds: (?<limit>-?[0-9_]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Limit();
}
