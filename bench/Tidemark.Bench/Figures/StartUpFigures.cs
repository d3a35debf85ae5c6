using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>Start-up and the no-op sync of a folder, against <c>git status</c> on the same tree.</summary>
internal static class StartUpFigures
{
    public static void Measure(Measuring.Bench bench)
    {
        var root = new TreeCorpus(bench.Cache).Root;
        var runs = Math.Max(11, bench.Runs);
        if (!Directory.Exists(Path.Combine(root, ".git")))
        {
            Git(root, "init", "-q").Run();
            Git(root, "add", "-A").Run();
            Git(root, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-q", "-m", "all").Run();
        }

        var status = Git(root, "status", "--porcelain");
        status.Run();
        var git = status.Median(runs).Milliseconds;
        bench.Report.Note("`git status`, 5,000 files", Report.Milliseconds(git), "git status");

        var version = new MeasuredCommand(bench.Executable, ["--version"], bench.Work);
        version.Run();
        var start = version.Median(runs).Milliseconds;
        bench.Report.Bound(
            "start-up", $"{Report.Milliseconds(start)} = {start / git:F1} × git status", "4 ×", start <= 4 * git,
            "tidemark --version");

        bench.DropStore("tree");
        var sync = bench.Tidemark("tree", "sync", Path.Combine(root, "docs"));
        var first = sync.Run();
        bench.Report.Note("first index of the tree", $"{first.Elapsed.TotalSeconds:F1} s", "tidemark sync docs");
        sync.Run();
        var measured = sync.Median(runs);
        var noOp = measured.Milliseconds;
        bench.Report.Bound(
            "no-op sync of 5,000 files, whole process", $"{Report.Milliseconds(noOp)} = {noOp / git:F1} × git status", "6 ×",
            noOp <= 6 * git, "tidemark sync docs");
        bench.Report.Bound(
            "of which work", $"{Report.Milliseconds(noOp - start)} = {(noOp - start) / git:F1} × git status", "3 ×",
            noOp - start <= 3 * git, "the difference of the two");
        bench.Report.Note("its peak memory", Report.Megabytes(measured.PeakBytes), "tidemark sync docs");
        AgentFigures.Measure(bench);
    }

    private static MeasuredCommand Git(string root, params string[] arguments) => new("git", arguments, root);
}
