using System.Globalization;
using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Sqlite.Tests.Care;

/// <summary>
/// One bit of a store's file is flipped, at random places (TIDEMARK_FLIPS says at how many): whatever reads it then answers as before,
/// or fails and says that the store is damaged, or <c>verify</c> does. eng/flip-bits does it a thousand times.
/// </summary>
public sealed class BitFlipTests : IDisposable
{
    private readonly TemporaryStore _file = new();

    private static int Flips => int.Parse(Environment.GetEnvironmentVariable("TIDEMARK_FLIPS") ?? "60", CultureInfo.InvariantCulture);

    private static int FirstSeed => int.Parse(Environment.GetEnvironmentVariable("TIDEMARK_FLIP_SEED") ?? "1", CultureInfo.InvariantCulture);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task No_flipped_bit_changes_an_answer_unnoticed()
    {
        var sound = await MakeAsync();
        var before = await LookAsync(_file.Path);
        before.Failure.ShouldBeNull();
        (await VerifyAsync(_file.Path, repair: false)).ShouldBe((true, null));
        var (unnoticed, unhealed, crashes, outcomes) = (new List<string>(), new List<string>(), new List<string>(), new SortedDictionary<string, int>());
        for (var i = 0; i < Flips; i++)
        {
            var random = new Random(FirstSeed + i);
            var (at, bit) = (random.Next(sound.Length), random.Next(8));
            var damaged = (byte[])sound.Clone();
            damaged[at] ^= (byte)(1 << bit);
            var name = $"seed {FirstSeed + i}: byte {at}, bit {bit}";
            var path = await WriteAsync(damaged, $"{i}");
            var after = await LookAsync(path);
            var proof = await VerifyAsync(path, repair: false);
            var differs = after.Failure is null && after.Answers != before.Answers;
            var outcome = $"read {after.Failure ?? (differs ? "otherwise" : "alike")}, verify {proof.Failure ?? (proof.InSync ? "in step" : "not in step")}";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (differs && proof.InSync)
            {
                unnoticed.Add(name);
            }

            path = await WriteAsync(damaged, $"{i}-repaired");
            var repaired = await VerifyAsync(path, repair: true);
            crashes.AddRange(new[] { after.Failure, proof.Failure, repaired.Failure }
                .Where(failure => failure?.StartsWith("CRASH", StringComparison.Ordinal) == true)
                .Select(failure => $"{name}: {failure}"));
            if (repaired.InSync && await LookAsync(path) is var healed
                && healed.Answers != before.Answers)
            {
                unhealed.Add($"{name}: in step after the repair, and other answers {healed.Failure}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', outcomes.Select(pair => $"{pair.Value,5} {pair.Key}")));
        crashes.ShouldBeEmpty();
        unnoticed.ShouldBeEmpty();
        unhealed.ShouldBeEmpty();
    }

    private static ScriptedSource Source() => new(
        "s",
        [
            .. Enumerable.Range(0, 150).Select(i => ScriptedSource.Upsert(
                $"docs/{i}.md",
                $"Heading {i}\n\nThe pontoon {i} is {i * 37 % 101} metres long and lies beside berth {i * 13 % 47}.\n\nIts keeper is number {i * 7 % 53}.",
                $$"""{"keeper":"k{{i % 9}}","n":{{i}}}""",
                i % 5 == 0 ? "group" : null)),
        ]);

    private async Task<byte[]> MakeAsync()
    {
        await using (var store = await _file.OpenAsync())
        {
            await new SyncBench(store).SyncAsync(Source());
        }

        return await File.ReadAllBytesAsync(_file.Path);
    }

    private async Task<string> WriteAsync(byte[] content, string name)
    {
        var path = Path.Combine(_file.Folder, $"{name}.db");
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    /// <summary>Export with vectors, and the answers to a few questions; or why there are none.</summary>
    private static async Task<(string? Answers, string? Failure)> LookAsync(string path)
    {
        try
        {
            await using var store = await SqliteStore.OpenAsync(
                path, new SqliteStoreOptions { ReadOnly = true }, TimeProvider.System, CancellationToken.None);
            var bench = new SyncBench(store);
            var answers = await bench.ExportAsync();
            foreach (var (query, mode) in new[] { ("pontoon 17", SearchMode.Hybrid), ("keeper number", SearchMode.Keyword), ("berth 12", SearchMode.Vector) })
            {
                var found = await new SearchEngine(store, bench.Pipeline.Model, TimeProvider.System).SearchAsync(
                    query, new SearchOptions { Mode = mode, Limit = 5 }, CancellationToken.None);
                answers += string.Join('\n', found.Hits.Select(hit =>
                    $"{hit.Chunk.Document} {hit.Chunk.Ordinal} {hit.Score:F6} {hit.Chunk.Text} {hit.Chunk.Metadata} {hit.Chunk.Id}"));
            }

            return (answers, null);
        }
        catch (TidemarkException e)
        {
            return (null, e.Code);
        }
        catch (Exception e)
        {
            return (null, $"CRASH {e}");
        }
    }

    private static async Task<(bool InSync, string? Failure)> VerifyAsync(string path, bool repair)
    {
        try
        {
            await using var store = await SqliteStore.OpenAsync(
                path, new SqliteStoreOptions(), TimeProvider.System, CancellationToken.None);
            var bench = new SyncBench(store);
            var report = await new VerifyEngine(store, bench.Pipeline, TimeProvider.System).VerifyAsync(
                new VerifyOptions { Repair = repair, Sources = repair ? [Source()] : [] }, CancellationToken.None);
            return (report.InSync, null);
        }
        catch (TidemarkException e)
        {
            return (false, e.Code);
        }
        catch (Exception e)
        {
            return (false, $"CRASH {e}");
        }
    }
}
