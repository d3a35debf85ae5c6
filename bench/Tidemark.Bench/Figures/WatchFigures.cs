using System.Diagnostics;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>From the moment a file of a watched folder is saved until a search finds what is new in it.</summary>
internal static class WatchFigures
{
    private const int Saves = 200;

    public static void Measure(Measuring.Bench bench)
    {
        var folder = Path.Combine(bench.Work, "watched");
        Copy(Path.Combine(new TreeCorpus(bench.Cache).Root, "docs"), folder);
        bench.DropStore("watched");
        bench.Tidemark("watched", "sync", folder).Run();
        using var watch = Start(bench.Tidemark("watched", "watch", folder));
        try
        {
            using var session = new AgentSession(bench.Tidemark("watched", "mcp", "--quiet"));
            session.Hello();
            var files = Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
            var times = Enumerable.Range(0, Saves).Select(i => Save(session, files[i * 37 % files.Length], $"zq{i:x}saved")).Order().ToArray();
            var p99 = times[(int)(Saves * 0.99) - 1];
            bench.Report.Note("saved to searchable, 5,000 files, p50", Report.Milliseconds(times[Saves / 2]), "tidemark watch docs");
            bench.Report.Bound("the same, p99", Report.Milliseconds(p99), "1000 ms", p99 <= 1000, "tidemark watch docs");
        }
        finally
        {
            watch.Kill();
            watch.WaitForExit();
        }
    }

    private static double Save(AgentSession session, string file, string word)
    {
        File.AppendAllText(file, $"\n\n{word}\n");
        var saved = Stopwatch.StartNew();
        while (!session.Search(word, "keyword").Contains("\"passage\"", StringComparison.Ordinal))
        {
            Thread.Sleep(2);
        }

        return saved.Elapsed.TotalMilliseconds;
    }

    /// <summary>It has begun when it says that it watches.</summary>
    private static Process Start(MeasuredCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.Directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = command.Directory;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        while (process.StandardError.ReadLine() is { } line && !line.Contains("watching:", StringComparison.Ordinal))
        {
            // The sync of everything comes first.
        }

        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var inner in Directory.GetDirectories(from))
        {
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
        }
    }
}
