using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Conformance.Sources;

/// <summary>A connector's messages as a source, whatever protocol they are of.</summary>
public abstract class ConnectorConformance : SourceConformance
{
    protected abstract ConnectorFormat Format { get; }

    [Fact]
    public async Task A_state_is_handed_on_when_what_came_before_it_is_durable_and_not_before()
    {
        var world = new ConnectorWorld(Format);
        await world.PutAsync(Numbered(100, 800));
        var handed = 0;
        world.OnState = async state =>
        {
            handed++;
            var held = await HeldAsync();
            var before = state.Contains("end", StringComparison.Ordinal) ? 800 : Numbered(100, 800).FindIndex(one => state.Contains($"\"{one.Id}\"", StringComparison.Ordinal)) + 1;
            held.ShouldBeGreaterThanOrEqualTo(before, state);
            before.ShouldBeGreaterThan(0);
        };

        await SyncAsync(world, world.Source());

        handed.ShouldBe(9);
        world.States[^1].ShouldContain("end");
    }

    [Fact]
    public async Task Behind_something_that_failed_no_state_is_handed_on()
    {
        var world = new ConnectorWorld(Format);
        await world.PutAsync(Numbered(1_000, 1_500));
        await world.SpoilAsync("d1700");

        (await SyncAsync(world, world.Source())).Documents.Failed.ShouldBe(1);

        world.States.Count.ShouldBeLessThanOrEqualTo(7);
        (await HeldAsync()).ShouldBe(1_499);
    }

    [Fact]
    public async Task A_plan_hands_no_state_on()
    {
        var world = new ConnectorWorld(Format);
        await world.PutAsync(Numbered(1, 300));

        (await Bench.PlanAsync(world.Source())).Documents.Added.ShouldBe(300);

        world.States.ShouldBeEmpty();
    }

    protected override ValueTask<SourceWorld> MakeAsync() => ValueTask.FromResult<SourceWorld>(new ConnectorWorld(Format));

    private async Task<int> HeldAsync()
    {
        var held = 0;
        await foreach (var _ in Store.Reader.DocumentsAsync("default", "", CancellationToken.None))
        {
            held++;
        }

        return held;
    }
}
