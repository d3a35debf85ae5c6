using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Conformance.Syncing;
using Tidemark.Searching;
using Xunit;
using static Tidemark.Conformance.Syncing.ScriptedSource;

namespace Tidemark.Conformance.Publishing;

/// <summary>
/// Random histories against an external index that fails at any moment: whenever somebody looks, also in the middle of a
/// delivery, each document is found whole in one version that it had, never in one older than was found before, the same in
/// both modes; and once the index answers again, it holds exactly what a fresh build gives.
/// </summary>
public abstract class HalfDeliveredConformance : StoreConformance
{
    private const int Rounds = 25;

    /// <summary>By document all versions that it had, the last one current; an empty one is that it is not there.</summary>
    private readonly SortedDictionary<string, List<string>> _versions = new(StringComparer.Ordinal);

    /// <summary>By document the newest version that was found.</summary>
    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);

    private int _looks;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_hole_no_ghost_no_mixture(int seed)
    {
        var random = new Random(seed);
        var bench = new PublishingBench(Store);
        bench.Server.OnChanged = () => LookAsync(bench);
        for (var round = 0; round < Rounds; round++)
        {
            Change(random);
            var fails = random.Next(3) > 0;
            var report = fails
                ? await bench.SyncAsync(random.Next(6), [.. Documents()])
                : await bench.SyncAsync([.. Documents()]);
            await LookAsync(bench);
            if (!fails)
            {
                report.Index!.Pending.ShouldBe(0);
                _found.ShouldAllBe(found => found.Value == _versions[found.Key].Count - 1);
                (await bench.VerifyAsync()).InSync.ShouldBeTrue();
                bench.Collection.Entries.Values.Select(entry => $"{entry!.Document}: {entry.Text.Trim()}")
                    .Order(StringComparer.Ordinal).ShouldBe(Expected());
            }
        }

        _looks.ShouldBeGreaterThan(Rounds);
    }

    private IEnumerable<Tidemark.Documents.DocumentChange> Documents() =>
        _versions.Where(d => d.Value[^1].Length > 0).Select(d => Upsert(d.Key, d.Value[^1]));

    private IEnumerable<string> Expected() => _versions
        .SelectMany(d => Chunks(d.Value[^1]).Select(chunk => $"{d.Key}: {chunk}")).Order(StringComparer.Ordinal);

    private static string[] Chunks(string text) =>
        text.Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void Change(Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var id = $"doc{random.Next(6)}";
            if (!_versions.TryGetValue(id, out var versions))
            {
                versions = _versions[id] = [""];
            }

            versions.Add(random.Next(5) switch
            {
                0 => "",
                1 => versions[random.Next(versions.Count)],
                _ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"word {random.Next(12)}\n\n")),
            });
        }
    }

    private async Task LookAsync(PublishingBench bench)
    {
        if (!bench.Server.Collections.ContainsKey(PublishingBench.Location))
        {
            return;
        }

        var left = bench.Server.RequestsLeft;
        bench.Server.RequestsLeft = null;
        var keywords = await bench.FindAsync("word", SearchMode.Keyword);
        (await bench.FindAsync("word", SearchMode.Vector)).ShouldBe(keywords);
        bench.Server.RequestsLeft = left;
        foreach (var (id, versions) in _versions)
        {
            var hits = keywords.Where(hit => hit.StartsWith(id + ":", StringComparison.Ordinal)).Select(hit => hit[(id.Length + 2)..]);
            var version = versions.FindLastIndex(v => Chunks(v).Order(StringComparer.Ordinal).SequenceEqual(hits, StringComparer.Ordinal));
            version.ShouldBeGreaterThanOrEqualTo(_found.GetValueOrDefault(id), $"{id}: [{string.Join("|", hits)}]");
            _found[id] = version;
        }

        _looks++;
    }
}
