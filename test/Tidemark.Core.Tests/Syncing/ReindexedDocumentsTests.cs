using Shouldly;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class ReindexedDocumentsTests
{
    [Fact]
    public void What_is_cut_again_is_told_by_what_changed_the_largest_part_first()
    {
        var parts = ReindexedDocuments.Of(
        [
            Change("a", "edited", ChangedInputs.Text, added: 1, unchanged: 9, embedded: 1),
            Change("b", "rebuilt", ChangedInputs.Model | ChangedInputs.Chunker, added: 4, unchanged: 0, embedded: 4),
            Change("c", "rebuilt", ChangedInputs.Model | ChangedInputs.Chunker, added: 4, unchanged: 0, embedded: 2),
            Change("d", "added", ChangedInputs.None, added: 7, unchanged: 0, embedded: 7),
            Change("e", "metadata", ChangedInputs.Metadata, added: 0, unchanged: 7, embedded: 0),
        ]);

        parts.ShouldBe(
        [
            new ReindexedDocuments(ChangedInputs.Model | ChangedInputs.Chunker, 2, 8, 6),
            new ReindexedDocuments(ChangedInputs.Text, 1, 10, 1),
        ]);
        parts.Select(part => part.Reused).ShouldBe([0.25, 0.9]);
    }

    [Fact]
    public void Of_no_chunks_no_share_is_reused()
    {
        ReindexedDocuments.Of([Change("a", "edited", ChangedInputs.Text, 0, 0, 0)]).Single().Reused.ShouldBeNull();
        Change("a", "deleted", ChangedInputs.None, 0, 0, 0).Reused.ShouldBeNull();
    }

    [Fact]
    public void Every_input_is_read_back_by_its_name()
    {
        foreach (var input in Enum.GetValues<ChangedInputs>().Where(input => input is not ChangedInputs.None))
        {
            ChangedInputNames.Parse(ChangedInputNames.Of(input).Single()).ShouldBe(input);
        }

        Should.Throw<FormatException>(() => ChangedInputNames.Parse("weather"));
    }

    private static PlannedChange Change(string id, string change, ChangedInputs changed, long added, long unchanged, long embedded) =>
        new(id, change, "", new ChunkCounts(added, 0, unchanged, 0), 0) { Changed = changed, Embedded = embedded };
}
