using System.Text.Json;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>First index, no-op, a changed hundredth, plan and mass delete of 100,000 lines.</summary>
internal static class JsonLinesFigures
{
    private const int Count = 100_000;

    public static void Measure(Measuring.Bench bench)
    {
        var corpus = new JsonLinesCorpus(bench.Cache);
        var lines = corpus.Lines(Count);
        var few = Math.Min(3, bench.Runs);

        InsertLimit.Measure(bench, lines);
        var sync = bench.Tidemark("lines", "sync", lines);
        var first = sync.Median(few, () => bench.DropStore("lines")).Elapsed.TotalSeconds;
        bench.Report.Bound(
            "first index of 100,000 lines", $"{Count / first:N0} documents/s ({first:F1} s)", "15,000/s",
            Count / first >= 15_000, "tidemark sync lines-100000.jsonl");
        var size = new FileInfo(bench.StorePath("lines")).Length;
        bench.Report.Note("its store", $"{Report.Megabytes(size)}, {(double)size / new FileInfo(lines).Length:F1} × the file", "ls -l");

        MeasureNoOp(bench, lines, sync, out var noOp);
        bench.CopyStore("lines", "start");
        MeasureEdits(bench, corpus, noOp, few);
        MeasurePlan(bench, few);
        MeasureDelete(bench, corpus, few);
    }

    private static void MeasureNoOp(Measuring.Bench bench, string lines, MeasuredCommand sync, out double noOp)
    {
        var sum = new MeasuredCommand("sha256sum", [lines], bench.Work);
        sum.Run();
        var hash = sum.Median(bench.Runs).Elapsed.TotalSeconds;
        bench.Report.Note("`sha256sum` of the file", Report.Milliseconds(hash * 1000), "sha256sum lines-100000.jsonl");
        sync.Run();
        var measured = sync.Median(bench.Runs);
        noOp = measured.Elapsed.TotalSeconds;
        bench.Report.Bound(
            "no-op sync of 100,000 lines", $"{Count / noOp:N0} documents/s ({noOp * 1000:F0} ms)", "200,000/s",
            Count / noOp >= 200_000, "tidemark sync lines-100000.jsonl");
        bench.Report.Bound(
            "the same against sha256sum", $"{noOp / hash:F2} ×", "2 ×", noOp <= 2 * hash, "the quotient of the two");
    }

    private static void MeasureEdits(Measuring.Bench bench, JsonLinesCorpus corpus, double noOp, int runs)
    {
        var round = 0;
        var times = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            bench.CopyStore("start", "lines");
            var measured = bench.Tidemark("lines", "sync", corpus.Edited(Count, ++round)).Run();
            Expect(measured, "updated", Count / 100);
            times.Add(measured.Elapsed.TotalSeconds);
        }

        times.Sort();
        var edited = times[runs / 2];
        bench.Report.Bound(
            "1 % of 100,000 changed", $"{edited:F2} s, no-op + {edited - noOp:F2} s", "no-op + 0.5 s",
            edited <= noOp + 0.5, "tidemark sync lines-100000-edited.jsonl");
    }

    /// <summary>Every chunk is looked at: nothing is in the store.</summary>
    private static void MeasurePlan(Measuring.Bench bench, int runs)
    {
        var lines = new JsonLinesCorpus(bench.Cache).Lines(Count);
        var measured = bench.Tidemark("nothing", "plan", lines).Median(runs);
        using var json = JsonDocument.Parse(measured.Output);
        var chunks = json.RootElement.GetProperty("chunks").GetProperty("added").GetInt64();
        var rate = chunks / measured.Elapsed.TotalSeconds;
        bench.Report.Bound(
            $"plan of {chunks:N0} new chunks", $"{rate:N0} chunks/s ({measured.Elapsed.TotalSeconds:F2} s)", "50,000/s",
            rate >= 50_000, "tidemark plan lines-100000.jsonl");
    }

    private static void MeasureDelete(Measuring.Bench bench, JsonLinesCorpus corpus, int runs)
    {
        var half = corpus.Halved(Count);
        var sync = bench.Tidemark("lines", "sync", half, "--cleanup", "full", "--allow-delete");
        var measured = sync.Median(runs, () => bench.CopyStore("start", "lines"));
        Expect(measured, "deleted", Count / 2);
        bench.Report.Bound(
            "50,000 of 100,000 documents deleted", $"{measured.Elapsed.TotalSeconds:F1} s", "10 s",
            measured.Elapsed.TotalSeconds <= 10,
            "tidemark sync lines-100000-halved.jsonl --cleanup full --allow-delete");
    }

    /// <summary>A fast command that did something else is no result.</summary>
    private static void Expect(Measurement measured, string counter, int wanted)
    {
        using var json = JsonDocument.Parse(measured.Output);
        var counted = json.RootElement.GetProperty("documents").GetProperty(counter).GetInt64();
        if (counted != wanted)
        {
            throw new InvalidOperationException($"{counter} is {counted}, not {wanted}: {measured.Output}");
        }
    }
}
