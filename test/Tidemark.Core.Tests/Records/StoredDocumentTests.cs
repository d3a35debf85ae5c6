using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class StoredDocumentTests
{
    private static readonly ContentHash Input = ContentHash.Of("one");

    private readonly Dictionary<long, StoredChunk> _chunks = new()
    {
        [11] = new StoredChunk(Input, 0, new DocumentKey(5), IsOpen: true) { Text = "one" },
        [12] = new StoredChunk(Input, 1, new DocumentKey(5), IsOpen: true) { Text = "two" },
    };

    private readonly StoredDocument _rows = new(
        new DocumentRecord
        {
            Id = "a",
            SourceId = "a",
            TextHash = ContentHash.Of("onetwo"),
            Glance = new DocumentGlance { Key = new DocumentKey(5), State = DocumentState.Live, Chunks = 2 },
        },
        [new LayoutEntry(11, 0, 3, null), new LayoutEntry(12, 3, 3, "Heading")])
    {
        IsPartition = true,
    };

    [Fact]
    public void What_fits_together_comes_whole_with_the_text_that_its_chunks_are_a_partition_of()
    {
        var (document, damage) = Complete(_rows);

        damage.ShouldBeNull();
        document.Text.ShouldBe("onetwo");
        document.Chunks.ShouldBe(
            [new ChunkRecord(new ChunkKey(11), Input, 0, 0, 3, null), new ChunkRecord(new ChunkKey(12), Input, 1, 3, 3, "Heading")]);
    }

    [Fact]
    public void A_text_beside_the_chunks_is_read_only_where_it_is_wanted()
    {
        var rows = _rows with
        {
            IsPartition = false,
            Document = _rows.Document with { TextHash = ContentHash.Of("one two") },
            Layout = [new LayoutEntry(11, 0, 3, null), new LayoutEntry(12, 4, 3, null)],
        };
        rows.Complete(_chunks, withText: false, () => throw new InvalidOperationException()).Document.Text.ShouldBeNull();
        rows.Complete(_chunks, withText: true, () => "one two").Document.Text.ShouldBe("one two");
        rows.Complete(_chunks, withText: true, () => null).ShouldSatisfyAllConditions(
            whole => whole.Damage.ShouldBeNull(), whole => whole.Document.Text.ShouldBeNull());
        rows.Complete(_chunks, withText: true, () => "other").Damage.ShouldBe("its text is not the one that was stored");
    }

    [Fact]
    public void Whether_the_chunks_are_the_text_is_told_by_hash_and_spans()
    {
        (_rows with { IsPartition = false }).Complete(_chunks, withText: true, () => null).Damage.ShouldBe(StoredDocument.WrongPartition);
        var beside = _rows with { Document = _rows.Document with { TextHash = ContentHash.Of("one two") } };
        beside.Complete(_chunks, withText: true, () => "one two").Damage.ShouldBe(StoredDocument.WrongPartition);
        beside.Complete(_chunks, withText: true, () => null).Damage.ShouldBe("its text is not the one that was stored");
        StoredDocument.KindOf(StoredDocument.WrongPartition).ShouldBe(DamageKind.Derivable);
    }

    [Fact]
    public void A_value_that_is_none_is_told_before_anything_is_compared()
    {
        var (document, damage) = Complete(_rows with { Fault = "its 'modified_at' (1) is no time" });

        damage.ShouldBe("its 'modified_at' (1) is no time");
        document.IsDamaged.ShouldBeTrue();
    }

    [Fact]
    public void What_is_not_live_is_its_own_row_and_nothing_more()
    {
        var gone = _rows.Document with { Glance = _rows.Document.Glance with { State = DocumentState.Removed } };

        Complete(new StoredDocument(gone, null) { Seal = 1 }).ShouldBe((gone, null));
    }

    [Fact]
    public void A_list_that_is_gone_or_of_another_length_is_told()
    {
        ShouldBeDamaged(_rows with { Layout = null }, "the list of its chunks is gone or not what was stored");
        ShouldBeDamaged(_rows with { Layout = [_rows.Layout![0]] }, "the list of its chunks is gone or not what was stored");
    }

    [Fact]
    public void A_chunk_that_is_gone_closed_or_anothers_is_told_by_its_key()
    {
        var chunk = _chunks[12];
        _chunks[12] = chunk with { IsOpen = false };
        ShouldBeDamaged(_rows, "its chunk 12 is gone");
        _chunks[12] = chunk with { Document = new DocumentKey(6) };
        ShouldBeDamaged(_rows, "its chunk 12 is gone");
        _chunks.Remove(12);
        ShouldBeDamaged(_rows, "its chunk 12 is gone");
    }

    [Fact]
    public void A_chunk_that_is_another_than_was_stored_is_told_by_its_key()
    {
        var chunk = _chunks[12];
        foreach (var other in new[] { chunk with { IsIntact = false }, chunk with { Occurrence = 0 }, chunk with { Text = "four" } })
        {
            _chunks[12] = other;
            ShouldBeDamaged(_rows, "its chunk 12 is not what was stored");
        }
    }

    [Fact]
    public void A_row_that_its_seal_does_not_fit_is_told() => ShouldBeDamaged(
        _rows with { Seal = DocumentSeal.Of(_rows.Document) + 1 }, StoredDocument.WrongRow);

    [Fact]
    public void A_version_is_under_the_seal_but_of_rows_that_were_sealed_before()
    {
        var stored = _rows.Document with { Version = new DocumentVersion(3, null) };
        var before = Seal.OfDocument(
            stored.Id, stored.SourceId, stored.Glance.Source.Value, stored.TextHash, stored.Metadata, stored.ExpiresAt, stored.Tier, version: null);

        foreach (var damaged in new[] { new DocumentVersion(4, null), default, new DocumentVersion(3, DateTimeOffset.UnixEpoch) })
        {
            ShouldBeDamaged(
                _rows with { Document = stored with { Version = damaged }, Seal = DocumentSeal.Of(stored) }, StoredDocument.WrongRow);
            Complete(_rows with { Document = stored with { Version = damaged }, Seal = before }).Damage.ShouldBeNull();
        }

        Complete(_rows with { Document = stored, Seal = DocumentSeal.Of(stored) }).Damage.ShouldBeNull();
    }

    private (DocumentRecord Document, string? Damage) Complete(StoredDocument rows) => rows.Complete(_chunks, withText: true, () => null);

    private void ShouldBeDamaged(StoredDocument rows, string damage)
    {
        var (document, found) = Complete(rows);

        found.ShouldBe(damage);
        document.ShouldBe(new DocumentRecord { Glance = rows.Document.Glance, Id = "a", SourceId = "a", IsDamaged = true });
    }
}
