using System.Globalization;
using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Conformance.Sources;

/// <summary>
/// What <see cref="SourceConformance"/> asks of sources that are listed, asked of those that say what changes: order, repeats, restarts, poison, deletions, the
/// guard. What cannot fit: a listing that is cut off, since nothing is listed and absence says nothing; where a source is read whole as well, as a feed's
/// tables are, its reading is ended in the middle. The guard has a word where documents go without being named, which a broker's never do.
/// </summary>
public abstract class ChangeSourceConformance
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="model">Remembers what it was asked.</param>
    protected abstract ValueTask<ChangeWorld> MakeAsync(CountingGenerator model);

    [Fact]
    public async Task What_is_said_is_indexed_once_and_what_is_said_again_costs_nothing()
    {
        var model = new CountingGenerator();
        await using var world = await MakeAsync(model);
        await world.PutAsync(Numbered(1, 700));

        await CarryOutAsync(world);
        await world.RepeatAsync();
        await CarryOutAsync(world);

        await ShouldHoldAsync(world, Numbered(1, 700));
        model.Asked.Count.ShouldBe(700);
    }

    [Fact]
    public async Task Whatever_is_said_the_index_is_what_is_there()
    {
        await using var world = await MakeAsync(new CountingGenerator());
        var random = new Random(20_261_130);
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < 12; round++)
        {
            for (var step = 0; step < 3; step++)
            {
                List<(string Id, string Text)> put = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => ($"d{random.Next(20)}", $"text {random.Next(9)} of round {random.Next(3)}"))
                    .DistinctBy(document => document.Item1)];
                await world.PutAsync(put);
                put.ForEach(document => there[document.Id] = document.Text);
                List<string> removed = [.. there.Keys.Where(_ => random.Next(6) == 0)];
                await world.RemoveAsync(removed);
                removed.ForEach(id => there.Remove(id));
            }

            await CarryOutAsync(world);
            await ShouldHoldAsync(world, [.. there.Select(pair => (pair.Key, pair.Value))]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(450)]
    [InlineData(1_100)]
    public async Task What_ends_anywhere_loses_nothing_deletes_nothing_and_pays_nothing_twice(int changes)
    {
        var model = new CountingGenerator();
        await using var world = await MakeAsync(model);
        await world.PutAsync(Numbered(1, 30));
        await CarryOutAsync(world);
        await world.RemoveAsync("d1", "d2");
        await world.PutAsync(Numbered(31, 1_500));

        await world.BreakAsync(changes);
        await WorkAsync(world);
        (await HeldAsync(world)).ShouldBeSubsetOf(Numbered(1, 1_530).Select(one => one.Id));
        await CarryOutAsync(world);

        await ShouldHoldAsync(world, Numbered(3, 1_528));
        model.Asked.Count.ShouldBe(1_530);
    }

    [Fact]
    public async Task A_first_reading_that_ends_in_the_middle_goes_on_and_deletes_nothing()
    {
        var model = new CountingGenerator();
        await using var world = await MakeAsync(model);
        await world.PutAsync(Numbered(1, 1_000));

        await world.BreakAsync(300);
        await WorkAsync(world);
        await world.PutAsync(("d1", "changed"));
        await world.RemoveAsync("d1000");
        await CarryOutAsync(world);

        await ShouldHoldAsync(world, [("d1", "changed"), .. Numbered(2, 998)]);
        model.Asked.Distinct().Count().ShouldBe(model.Asked.Count);
    }

    [Fact]
    public async Task An_older_state_never_takes_the_place_of_a_newer_one()
    {
        await using var world = await MakeAsync(new CountingGenerator());
        await world.PutAsync(("d1", "first"), ("d2", "first"));
        await world.PutAsync(("d1", "second"));
        await world.RemoveAsync("d2");
        await CarryOutAsync(world);

        await world.RepeatAsync();
        await CarryOutAsync(world);

        await ShouldHoldAsync(world, [("d1", "second")]);
    }

    [Fact]
    public async Task What_cannot_be_taken_fails_alone_and_what_is_indexed_of_it_stays_until_it_can()
    {
        await using var world = await MakeAsync(new CountingGenerator { Before = RefusePoison });
        await world.PutAsync(Numbered(1, 3));
        await CarryOutAsync(world);
        await world.PutAsync(("d3", "changed"));
        if (!await world.SpoilAsync("d2"))
        {
            await world.PutAsync(("d2", Poison));
        }

        await CarryOutAsync(world);

        await ShouldHoldAsync(world, [("d1", "number 1"), ("d2", "number 2"), ("d3", "changed")]);
        (await world.Index.Queue.CountAsync(cancellationToken: Token)).Dead.ShouldBe(1);
        await world.PutAsync(("d2", "well again"));
        await CarryOutAsync(world);
        await ShouldHoldAsync(world, [("d1", "number 1"), ("d2", "well again"), ("d3", "changed")]);
    }

    [Fact]
    public async Task Documents_that_go_without_being_named_are_held_back_and_additions_are_not()
    {
        await using var world = await MakeAsync(new CountingGenerator());
        await world.PutAsync(Numbered(1, 40));
        await CarryOutAsync(world);
        if (!await world.EmptyAsync())
        {
            await world.RemoveAsync([.. Numbered(1, 40).Select(one => one.Id)]);
            await CarryOutAsync(world);
            await ShouldHoldAsync(world, []);
            return;
        }

        await world.PutAsync(("d41", "added"));
        await CarryOutAsync(world);

        (await world.HeldAsync()).ShouldBe(40);
        await ShouldHoldAsync(world, [.. Numbered(1, 40), ("d41", "added")]);
        await world.AllowAsync();
        await WorkAsync(world);
        await ShouldHoldAsync(world, [("d41", "added")]);
    }

    private const string Poison = "what the model refuses";

    private static Task RefusePoison(IReadOnlyList<string> texts) => texts.Contains(Poison, StringComparer.Ordinal)
        ? throw new InvalidOperationException("choked")
        : Task.CompletedTask;

    private static List<(string Id, string Text)> Numbered(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(n => ($"d{n}", string.Create(CultureInfo.InvariantCulture, $"number {n}")))];

    private static async Task CarryOutAsync(ChangeWorld world)
    {
        await world.BringAsync();
        await WorkAsync(world);
    }

    private static Task<WorkerReport> WorkAsync(ChangeWorld world) => world.Index.RunWorkerAsync(
        new WorkerOptions { UntilEmpty = true, Attempts = new AttemptRule(2, TimeSpan.Zero, TimeSpan.Zero) }, Token);

    private static async Task<List<string>> HeldAsync(ChangeWorld world) =>
        [.. (await TextsAsync(world)).Keys.Select(document => Numbered(1, 2_000).First(one => world.DocumentOf(one.Id) == document).Id)];

    private static async Task ShouldHoldAsync(ChangeWorld world, IReadOnlyList<(string Id, string Text)> documents) =>
        (await TextsAsync(world)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))
            .ShouldBe(documents.Select(one => (world.DocumentOf(one.Id), one.Text)).OrderBy(one => one.Item1, StringComparer.Ordinal));

    private static async Task<Dictionary<string, string>> TextsAsync(ChangeWorld world)
    {
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        var store = await world.Index.OpenStoreAsync(Token);
        await foreach (var chunk in store.Reader.ChunksAsync("default", null, withVectors: false, Token))
        {
            held.TryAdd(chunk.Document, chunk.Text);
        }

        return held;
    }
}
