using System.Globalization;
using System.Text.Json;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Replaying;

/// <summary>
/// Successive states of a folder. Either a set with a <c>replay.py</c> (called as <c>replay.py SET K DIR</c>) and a
/// <c>MANIFEST.json</c>, or a folder whose subfolders, in order, are the states.
/// </summary>
internal sealed class ReplaySet
{
    private readonly string _folder;
    private readonly string? _script;
    private readonly string[] _states = [];
    private readonly JsonElement? _manifest;

    public ReplaySet(string folder)
    {
        _folder = Path.GetFullPath(folder);
        var script = Path.Combine(_folder, "replay.py");
        if (File.Exists(script))
        {
            _script = script;
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "MANIFEST.json")));
            _manifest = manifest.RootElement.GetProperty("states").Clone();
            Count = _manifest.Value.GetArrayLength();
        }
        else
        {
            _states = [.. Directory.GetDirectories(_folder).Order(StringComparer.Ordinal)];
            Count = _states.Length;
        }
    }

    public int Count { get; }

    /// <summary>Bytes of the paragraphs that the state before did not have; null where the set does not say.</summary>
    public long? NewParagraphBytes(int state) =>
        _manifest is { } states && states[state].TryGetProperty("new_paragraph_bytes", out var bytes)
            ? bytes.GetInt64()
            : null;

    /// <summary>Brings the tree to a state, leaving untouched what does not change.</summary>
    public void Materialize(int state, string tree)
    {
        if (_script is not null)
        {
            string[] arguments = [_script, _folder, state.ToString(CultureInfo.InvariantCulture), tree];
            new MeasuredCommand("python3", arguments, Path.GetDirectoryName(tree)!).Run();
        }
        else
        {
            Mirror(_states[state], tree);
        }
    }

    private static void Mirror(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(to, "*", SearchOption.AllDirectories))
        {
            if (!File.Exists(Path.Combine(from, Path.GetRelativePath(to, file))))
            {
                File.Delete(file);
            }
        }

        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            if (!File.Exists(target) || !File.ReadAllBytes(target).AsSpan().SequenceEqual(File.ReadAllBytes(file)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
        }
    }
}
