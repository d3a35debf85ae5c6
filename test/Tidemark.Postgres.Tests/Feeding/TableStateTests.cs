using System.Buffers;
using System.Text.Json;
using Shouldly;
using Tidemark.Postgres.Feeding;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>A table that was emptied while its documents were looked through stays due.</summary>
public sealed class TableStateTests
{
    private static readonly TableState State = new() { Shape = "s" };

    [Theory]
    [InlineData(100, 101, false)]
    [InlineData(100, 100, true)]
    [InlineData(200, 101, true)]
    public void Only_a_snapshot_behind_the_commit_that_emptied_it_is_enough(ulong commit, ulong snapshot, bool isDue) =>
        State.Emptied(50).Emptied(commit).Reconciled(snapshot, held: 3).ShouldSatisfyAllConditions(
            state => state.IsDue.ShouldBe(isDue),
            state => state.Held.ShouldBe(3));

    [Fact]
    public void What_is_due_from_the_start_is_done_with_any_snapshot() => (State with { IsDue = true }).Reconciled(1, held: 0).IsDue.ShouldBeFalse();

    [Fact]
    public void The_commit_is_kept_in_the_store()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            State.Emptied(0x1_0000_0002).Write(json);
            json.WriteEndObject();
        }

        using var read = JsonDocument.Parse(buffer.WrittenMemory);
        var state = TableState.Read(read.RootElement);

        (state.IsDue, state.DueAt).ShouldBe((true, 0x1_0000_0002UL));
    }
}
