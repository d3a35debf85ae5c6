using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Replaying;

/// <summary>
/// Syncs every state of a set into one store and checks after each that <c>verify</c> is clean, that <c>export</c> equals a
/// fresh build's, and that exactly the never-seen inputs were embedded.
/// </summary>
internal sealed class ReplayRun(Measuring.Bench bench, ReplaySet set)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long _embedded;
    private long _newParagraphs;

    public int Run()
    {
        var tree = Path.Combine(bench.Work, "docs");
        Console.WriteLine("state  documents  chunks  mean chunk  embedded  of them bytes  seconds  verify  export");
        var bad = 0;
        for (var state = 0; state < set.Count; state++)
        {
            set.Materialize(state, tree);
            bad += Sync(state) ? 0 : 1;
        }

        Console.WriteLine();
        Console.WriteLine($"embedded after state 0: {_embedded:N0} bytes");
        if (_newParagraphs > 0)
        {
            Console.WriteLine(
                $"new paragraphs after state 0: {_newParagraphs:N0} bytes; embedded / new = {(double)_embedded / _newParagraphs:F3}");
        }

        Console.WriteLine(bad == 0 ? "every state is in step and equals a fresh build" : $"{bad} states are wrong");
        return bad == 0 ? 0 : 1;
    }

    private bool Sync(int state)
    {
        var synced = bench.Tidemark("replay", "sync", "docs", "--allow-delete").Run();
        var inputs = Counter(synced.Output, "embedding", "inputs");
        var export = bench.Tidemark("replay", "export").Run().Output;
        var (chunks, length, fresh, bytes) = Learn(export);
        if (state > 0)
        {
            _embedded += bytes;
            _newParagraphs += set.NewParagraphBytes(state) ?? 0;
        }

        bench.DropStore("fresh");
        bench.Tidemark("fresh", "sync", "docs").Run();
        var equal = string.Equals(bench.Tidemark("fresh", "export").Run().Output, export, StringComparison.Ordinal);
        var clean = Counter(bench.Tidemark("replay", "verify", "docs").Run().Output, "inSync");
        var documents = Counter(synced.Output, "documents", "seen");
        Console.WriteLine(
            $"{state,5} {documents,10} {chunks,7} {(chunks == 0 ? 0 : length / chunks),11} {inputs,9} {bytes,14} "
            + $"{synced.Elapsed.TotalSeconds,8:F2} {(clean == 1 ? "clean" : "DRIFT"),7} {(equal ? "equal" : "DIFFERS"),7}"
            + (inputs == fresh ? "" : $"  {fresh} new inputs, {inputs} embedded"));
        return equal && clean == 1 && inputs == fresh;
    }

    /// <summary>Remembers the texts of an export.</summary>
    private (int Chunks, long Length, int New, long NewBytes) Learn(string export)
    {
        var chunks = 0;
        var length = 0L;
        var added = 0;
        var bytes = 0L;
        foreach (var line in export.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var text = json.RootElement.GetProperty("text").GetString()!;
            var content = Encoding.UTF8.GetBytes(text);
            chunks++;
            length += text.Length;
            if (_known.Add(Convert.ToHexString(SHA256.HashData(content))))
            {
                added++;
                bytes += content.Length;
            }
        }

        return (chunks, length, added, bytes);
    }

    private static long Counter(string json, params string[] path)
    {
        using var parsed = JsonDocument.Parse(json);
        var value = path.Aggregate(parsed.RootElement, (at, name) => at.GetProperty(name));
        return value.ValueKind == JsonValueKind.Number ? value.GetInt64() : value.GetBoolean() ? 1 : 0;
    }
}
