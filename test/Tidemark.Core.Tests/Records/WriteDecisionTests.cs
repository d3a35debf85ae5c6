using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Xunit;
using static Tidemark.Tests.Records.TestStates;

namespace Tidemark.Tests.Records;

public sealed class WriteDecisionTests
{
    private static readonly WriteScope ToActive = new(Active, Active.Id, Building: 0, KeepsText: true);
    private static readonly WriteScope ToBuilding = new(Building, Active.Id, Building.Id, KeepsText: true);

    private readonly FakeChunks _chunks = new() { [11] = "1111", [12] = "2222222222", [13] = "3333" };

    [Theory]
    [InlineData(null, null, "{}", "")]
    [InlineData("A", "A", "{}", "")]
    [InlineData("A", "B", "{}", "11")]
    [InlineData("A", null, "{}", "11")]
    [InlineData(null, "B", "{}", "11")]
    [InlineData("A", "A", """{"title":"T"}""", "11,12")]
    public void Chunks_that_go_on_under_another_title_or_heading_are_renamed(string? former, string? heading, string metadata, string renamed)
    {
        var stored = Live with { Chunks = [11, 12], Headings = former is null ? [] : [former, null] };
        var write = Put(7, Kept(11) with { Heading = heading }, Kept(12), New("new"));
        write = write with { Document = write.Document with { Metadata = MetadataCanonicalizer.Parse(metadata) } };

        var decision = Of(write, stored);

        string.Join(',', decision.Renamed.Select(chunk => chunk.Existing.Value)).ShouldBe(renamed);
    }

    [Fact]
    public void A_new_document_opens_its_chunks_and_adds_to_its_source()
    {
        var decision = Of(Put(0, New("abcde"), New("f")), StoredState.Unknown);

        decision.IsApplied.ShouldBeTrue();
        decision.TakesSequence.ShouldBeTrue();
        decision.Layout!.Steps.ShouldBe([ChunkStep.Open, ChunkStep.Open]);
        decision.Layout.Tokens.ShouldBe(3);
        decision.Closed.ShouldBeEmpty();
        decision.Less.ShouldBeNull();
        decision.More.ShouldBe(new CountChange(1, 2, 3));
        (decision.KeepsFormer, decision.DropsLayout, decision.DropsDamaged, decision.Text)
            .ShouldBe((false, false, false, TextStep.Leave));
        decision.Document!.State.ShouldBe(DocumentState.Live);
        decision.Document.Chunks.ShouldBe(2);
        decision.Document.Seal.ShouldNotBeNull();
        _chunks.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void An_edit_keeps_what_is_named_closes_what_is_not_and_moves_the_tokens_by_the_difference()
    {
        var decision = Of(Put(7, Kept(13), New("abcde"), Kept(11)), Live);

        decision.Layout!.Steps.ShouldBe([ChunkStep.Keep, ChunkStep.Open, ChunkStep.Keep]);
        decision.Closed.ShouldBe([12]);
        decision.Layout.Tokens.ShouldBe(6 + 2 - 3);
        decision.KeepsFormer.ShouldBeTrue();
        decision.Less.ShouldBe(new CountChange(-1, -3, -6));
        decision.More.ShouldBe(new CountChange(1, 3, 5));
        decision.Text.ShouldBe(TextStep.Drop);
        _chunks.Asked.ShouldBe([12]);
    }

    [Theory]
    [InlineData("2222222222", ChunkStep.Keep, 6 - 1 - 1)]
    [InlineData("22", ChunkStep.Patch, 6 + 1 - 3 - 1 - 1)]
    public void A_kept_chunk_is_patched_only_where_its_text_is_another(string text, ChunkStep step, long tokens)
    {
        var decision = Of(Put(7, Kept(12, text)), Live);

        decision.Layout!.Steps.ShouldBe([step]);
        decision.Layout.Tokens.ShouldBe(tokens);
        decision.Closed.ShouldBe([11, 13]);
    }

    [Fact]
    public void A_chunk_without_a_vector_of_the_space_is_refused_by_name()
    {
        var error = Should.Throw<TidemarkException>(() => Of(Put(0, New("x", dimensions: 3)), StoredState.Unknown));

        error.Code.ShouldBe(ErrorCodes.EmbeddingMissing);
        error.Message.ShouldContain("'a' has 3 of 2");
    }

    [Fact]
    public void A_chunk_that_is_not_there_cannot_be_kept_nor_can_one_be_kept_twice()
    {
        Should.Throw<InvalidOperationException>(() => Of(Put(7, Kept(14)), Live)).Message.ShouldContain("14");
        Should.Throw<InvalidOperationException>(() => Of(Put(7, Kept(11), Kept(11)), Live));
        Should.Throw<InvalidOperationException>(() => Of(Put(7, Kept(11)), Gone));
    }

    [Fact]
    public void A_document_that_comes_back_has_no_former_state()
    {
        var decision = Of(Put(7, New("abcd")), Gone);

        (decision.KeepsFormer, decision.Text).ShouldBe((false, TextStep.Leave));
        decision.Less.ShouldBeNull();
        decision.More.ShouldBe(new CountChange(1, 1, 1));
    }

    [Fact]
    public void A_damaged_document_is_written_whole_without_history_and_counted_once()
    {
        var decision = Of(Put(7, New("abcd")) with { Rewrites = true }, Live);

        (decision.KeepsFormer, decision.DropsDamaged).ShouldBe((false, true));
        decision.Closed.ShouldBeEmpty();
        decision.Less.ShouldBe(new CountChange(-1, -3, -6));
        decision.More.ShouldBe(new CountChange(1, 1, 1));
        Should.Throw<InvalidOperationException>(() => Of(Put(7, Kept(11)) with { Rewrites = true }, Live));
    }

    [Fact]
    public void A_document_is_put_into_the_active_generation_and_staged_in_the_one_that_is_being_built()
    {
        Should.Throw<InvalidOperationException>(() => Of(Put(0), StoredState.Unknown, ToBuilding));
        Should.Throw<InvalidOperationException>(() => Of(Stage(7), Live, ToActive));
        Should.Throw<InvalidOperationException>(() => Of(Stage(7), Live, ToActive with { Building = 2 }));
    }

    [Fact]
    public void Whatever_saw_another_state_is_refused()
    {
        foreach (var write in new DocumentWrite[] { Put(6), Touch(6), Remove(6), Stage(6) })
        {
            Of(write, Live, ToBuilding).IsApplied.ShouldBeFalse();
        }

        Of(Put(0), Live).IsApplied.ShouldBeFalse();
        Of(Put(7), StoredState.Unknown).IsApplied.ShouldBeFalse();
    }

    [Fact]
    public void A_touch_writes_nothing_that_a_query_sees()
    {
        var decision = Of(Touch(7), Live with { Staged = [21] });

        decision.ShouldBe(new WriteDecision());
        decision.IsApplied.ShouldBeTrue();
        decision.TakesSequence.ShouldBeFalse();
    }

    [Fact]
    public void A_removal_closes_all_and_keeps_the_version_unless_it_brings_one()
    {
        var decision = Of(Remove(7), Live);

        decision.Closed.ShouldBe([11, 12, 13]);
        (decision.KeepsFormer, decision.DropsLayout, decision.Text).ShouldBe((true, true, TextStep.Drop));
        decision.Less.ShouldBe(new CountChange(-1, -3, -6));
        decision.More.ShouldBeNull();
        decision.Layout.ShouldBeNull();
        decision.Document.ShouldBe(new NextDocument
        {
            State = DocumentState.Removed,
            Repeats = false,
            Source = new SourceKey(1),
            Version = new DocumentVersion(3, null),
        });
        Of(Remove(7, new DocumentVersion(4, null)), Live).Document!.Version.Number.ShouldBe(4);
        _chunks.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_removal_of_what_is_gone_or_was_never_there_is_remembered_and_takes_nothing_away()
    {
        foreach (var (write, stored) in new[] { (Remove(7), Gone), (Remove(0), StoredState.Unknown) })
        {
            var decision = Of(write, stored);

            decision.TakesSequence.ShouldBeTrue();
            decision.Less.ShouldBeNull();
            (decision.KeepsFormer, decision.DropsLayout, decision.Text).ShouldBe((false, false, TextStep.Leave));
            decision.Document!.State.ShouldBe(DocumentState.Removed);
        }
    }

    [Fact]
    public void What_was_staged_goes_once_the_document_changes()
    {
        var staged = Live with { Staged = [21, 22], StagedSequence = 7 };

        Of(Put(7, New("x")), staged).Unstaged.ShouldBe([21, 22]);
        Of(Remove(7), staged).Unstaged.ShouldBe([21, 22]);
        Of(Put(7, New("x")), Live).Unstaged.ShouldBeNull();
    }

    [Fact]
    public void Staging_opens_every_chunk_anew_and_leaves_what_queries_see()
    {
        var decision = Of(Stage(7, New("abcd"), New("e")), Live with { Staged = [21], StagedSequence = 6 }, ToBuilding);

        decision.Layout!.Steps.ShouldBe([ChunkStep.Open, ChunkStep.Open]);
        decision.Layout.Tokens.ShouldBe(2);
        decision.Unstaged.ShouldBe([21]);
        decision.TakesSequence.ShouldBeTrue();
        (decision.Document, decision.Less, decision.More).ShouldBe((null, null, null));
        (decision.KeepsFormer, decision.DropsLayout).ShouldBe((false, false));
        Should.Throw<InvalidOperationException>(() => Of(Stage(7, Kept(11)), Live, ToBuilding));
    }

    [Fact]
    public void What_is_staged_already_of_this_state_is_left_and_what_is_gone_is_not_staged()
    {
        Of(Stage(7, New("x")), Live with { Staged = [21], StagedSequence = 7 }, ToBuilding).ShouldBe(new WriteDecision());
        Of(Stage(7, New("x")), Gone, ToBuilding).IsApplied.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, true, TextStep.Drop, TextStep.Leave)]
    [InlineData(true, false, TextStep.Put, TextStep.Gather)]
    [InlineData(false, false, TextStep.Drop, TextStep.Leave)]
    public void A_text_stands_beside_the_chunks_only_where_they_are_no_partition_of_it(
        bool keeps, bool isPartition, TextStep ofPut, TextStep ofStage)
    {
        Of(Put(7) with { ChunksArePartition = isPartition }, Live, ToActive with { KeepsText = keeps }).Text.ShouldBe(ofPut);
        Of(Stage(7) with { ChunksArePartition = isPartition }, Live, ToBuilding with { KeepsText = keeps }).Text.ShouldBe(ofStage);
    }

    [Fact]
    public void Entries_that_go_on_are_repeated_where_source_or_metadata_changed_and_the_index_is_outside()
    {
        var outside = ToActive with { Generation = Active with { Pipeline = Active.Pipeline with { Index = "chroma:x" } } };
        var moved = Put(7, Kept(11)) with { Source = new SourceKey(2) };
        var described = Put(7, Kept(11));
        described = described with { Document = described.Document with { Metadata = DocumentMetadata.Parse("""{"k":1}""") } };

        Of(Put(7, Kept(11)), Live, outside).RepeatsKept.ShouldBeFalse();
        Of(moved, Live, outside).RepeatsKept.ShouldBeTrue();
        Of(described, Live, outside).RepeatsKept.ShouldBeTrue();
        Of(moved, Live).RepeatsKept.ShouldBeFalse();
        Of(moved with { ExpectedSequence = 7, Chunks = [New("x")] }, Gone, outside).RepeatsKept.ShouldBeFalse();
    }

    [Fact]
    public void A_source_id_has_a_number_only_where_it_is_not_the_documents_own_id()
    {
        WriteDecision.SourceIdOf(Remove(0)).ShouldBeNull();
        WriteDecision.SourceIdOf(Remove(0) with { SourceId = "group" }).ShouldBe("group");
        WriteDecision.SourceIdOf(Touch(0)).ShouldBeNull();
        Of(Remove(0) with { SourceId = "group" }, StoredState.Unknown).SourceId.ShouldBe("group");
    }

    [Fact]
    public void A_damaged_document_has_nothing_to_rename_and_a_new_one_nothing_to_drop()
    {
        var stored = Live with { Chunks = [], Headings = [] };
        var write = Put(7, New("abcd") with { Heading = "H" }) with { Rewrites = true };

        Of(write, stored).Renamed.ShouldBeEmpty();
        Of(Put(0, New("abcd")) with { Rewrites = true }, StoredState.Unknown).DropsDamaged.ShouldBeFalse();
        Of(Put(7, New("abcd")), Live).DropsDamaged.ShouldBeFalse();
    }

    [Fact]
    public void A_heading_goes_with_its_chunk_wherever_that_stands_now()
    {
        var stored = Live with { Chunks = [11, 12], Headings = ["A", "B"] };

        Of(Put(7, Kept(12) with { Heading = "B" }, Kept(11) with { Heading = "A" }), stored).Renamed.ShouldBeEmpty();
        Of(Put(7, Kept(12) with { Heading = "A" }, Kept(11) with { Heading = "A" }), stored).Renamed
            .Select(chunk => chunk.Existing.Value).ShouldBe([12]);
    }

    [Fact]
    public void What_is_gone_closes_nothing_whatever_the_store_has_read_of_it() =>
        Of(Remove(7), Gone with { Chunks = [11, 12] }).Closed.ShouldBeEmpty();

    [Theory]
    [InlineData(DocumentState.Removed, StateEnd.Removed)]
    [InlineData(DocumentState.Tombstoned, StateEnd.Tombstoned)]
    public void The_former_state_ends_by_what_comes(DocumentState state, StateEnd end)
    {
        Of(Remove(7) with { State = state }, Live).FormerEnd.ShouldBe(end);
        Of(Put(7, New("x")), Live).FormerEnd.ShouldBe(StateEnd.Superseded);
        Of(Touch(7), Live).FormerEnd.ShouldBe(StateEnd.Superseded);
    }

    [Fact]
    public void Searches_stay_with_the_version_before_but_of_a_damaged_document_with_none()
    {
        Of(Put(7, New("x")), Live).FoundMeanwhile.ShouldBe(7);
        Of(Put(7, New("x")) with { Rewrites = true }, Live).FoundMeanwhile.ShouldBe(0);
        Of(Put(7, New("x")), Gone).FoundMeanwhile.ShouldBe(0);
        Of(Put(0, New("x")), StoredState.Unknown).FoundMeanwhile.ShouldBe(0);
        Of(Remove(7), Live).FoundMeanwhile.ShouldBe(7);
        Of(Remove(7), Gone).FoundMeanwhile.ShouldBe(0);
    }

    [Fact]
    public void Only_what_a_listing_did_not_name_may_have_moved()
    {
        Of(Remove(7), Live).MayHaveMoved.ShouldBeTrue();
        Of(Remove(7) with { State = DocumentState.Tombstoned }, Live).MayHaveMoved.ShouldBeFalse();
        Of(Remove(7) with { State = DocumentState.Expired }, Live).MayHaveMoved.ShouldBeFalse();
        Of(Remove(7), Gone).MayHaveMoved.ShouldBeFalse();
        Of(Put(7, New("x")), Live).MayHaveMoved.ShouldBeFalse();
    }

    private WriteDecision Of(DocumentWrite write, StoredState stored, WriteScope? scope = null) =>
        WriteDecision.Of(write, stored, scope ?? ToActive, _chunks);
}
