using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Cli.Output;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

/// <summary>Every report with none, one and two of everything: numbers agree with what they count.</summary>
public sealed class GrammarTests
{
    private static readonly Regex OneOfMany = new(
        @"(?<![\d.,])1 (?:[a-z]+ )?(?:documents|changes|chunks|files|records|vectors|entries|states|embeddings|namespaces|runs|rows"
        + @"|tokens|inputs|deletions|bytes|attempts|links)\b|\b1 (?:document|change)[a-z0-9 ]* (?:wait|have)\b",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(10));

    private static readonly Regex ManyOfOne = new(
        @"(?<![\d.,])[02] (?:[a-z]+ )?(?:document|change|chunk|file|record|vector|entry|state|embedding|namespace|run|row|token"
        + @"|input|deletion|byte|attempt|link)\b(?! (?:entries|states|embeddings))|\b[02] (?:documents|changes)[a-z0-9 ]* (?:waits|has)\b",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Numbers_agree_with_what_they_count(int n)
    {
        foreach (var line in Views(n).SelectMany(Lines))
        {
            OneOfMany.IsMatch(line).ShouldBeFalse(line);
            ManyOfOne.IsMatch(line).ShouldBeFalse(line);
        }
    }

    private static IEnumerable<IEnumerable<Block>> Views(int n)
    {
        var report = ReportOf(n);
        yield return SyncView.Of(report, new Dictionary<string, SourcePlace>(StringComparer.Ordinal) { ["docs"] = new("file", "/docs") });
        yield return SyncView.Of(report with { Outcome = RunOutcome.Cancelled }, places: null);
        yield return SyncView.Complaints(report, all: true);
        yield return GarbageView.Of(new GarbageReport(n, n, n, n, DryRun: n == 0));
        yield return VerifyView.Of(VerifiedOf(n), repair: true, "tidemark sync docs");
        yield return QueueView.Of(new QueueCounts(n, n, n), [], DateTimeOffset.UnixEpoch);
        yield return QueueView.Retried([.. Enumerable.Range(0, n).Select(i => $"d{i}")]);
        yield return QueueView.Dropped(n);
    }

    private static SyncReport ReportOf(int n) => new()
    {
        Run = 1,
        Namespace = "default",
        Cleanup = "full",
        Outcome = RunOutcome.Succeeded,
        Documents = new DocumentCounts(n, n, n, n, n, n, n, n, n),
        Chunks = new ChunkCounts(n, n, n, n),
        Embedding = new EmbeddingCounts("openai:m:8", n, n, n, n, new AvoidedTokens(n, n), 0.02m),
        Guard = new GuardReport(n, 0.5, "docs", "see why"),
        Elapsed = TimeSpan.FromSeconds(n),
        Index = new IndexReport("chroma:http://localhost/x", n, n, n),
        NotTaken = new Dictionary<string, long>(StringComparer.Ordinal) { ["link"] = n, ["special"] = n, [".xlsx"] = n },
        WithoutText = n,
        Sources = [new SourceCounts("docs", n, n, n)],
    };

    private static VerifyReport VerifiedOf(int n) => new()
    {
        InSync = n == 0,
        Documents = n,
        Chunks = n,
        Records = n,
        Vectors = n,
        Keywords = n,
        Missing = n,
        Orphaned = n,
        Stale = n,
        Corrupt = n,
        Source = new SourceDrift(n, n, n, n, n),
        Repaired = n,
        EmbeddingCalls = n,
    };

    private static IEnumerable<string> Lines(IEnumerable<Block> blocks)
    {
        using var text = new StringWriter();
        PlainRenderer.Render(text, blocks);
        return text.ToString().Split('\n');
    }
}
