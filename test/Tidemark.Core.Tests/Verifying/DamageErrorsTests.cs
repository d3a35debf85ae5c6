using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Tests.Verifying;

/// <summary>What is told of damage, and how it is put right.</summary>
public sealed class DamageErrorsTests
{
    private static readonly MissingEmbedding Sound = new(ContentHash.Of("a"), "a");

    [Theory]
    [InlineData(DamageKind.Document, "'VerifyAsync(SOURCE, Repair)' with the source")]
    [InlineData(DamageKind.Derivable, "it is put right from what else the store holds")]
    [InlineData(DamageKind.Past, "this former state is dropped")]
    [InlineData(DamageKind.Memory, GoneRecords.Remedy)]
    [InlineData(DamageKind.Remnant, "with the sources of the namespace")]
    [InlineData(DamageKind.Lost, "move the store aside")]
    public void Each_kind_has_its_way_out(DamageKind kind, string remedy)
    {
        var error = DamageErrors.Of(new RecordCheck { Count = 1, Damages = [new("d", "its text is another", kind)] }).ShouldHaveSingleItem();

        (error.Item, error.Code, error.Message, error.HidesDocuments).ShouldBe(("d", ErrorCodes.StoreCorrupt, "'d' is damaged: its text is another", false));
        error.Remedy.ShouldContain(remedy);
    }

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, false, ErrorCodes.StoreCorrupt)]
    [InlineData(true, true, ErrorCodes.StoreCorrupt)]
    [InlineData(false, true, ErrorCodes.EmbeddingMissing)]
    public void A_vector_is_told_of_when_it_is_damaged_or_the_past_misses_it(bool isDamaged, bool isPast, string? code)
    {
        var vector = Sound with { IsDamaged = isDamaged, IsPast = isPast };

        var error = DamageErrors.Of([vector]).Concat(DamageErrors.OfPast([vector])).SingleOrDefault();

        (error?.Code).ShouldBe(code);
        if (error is not null)
        {
            error.Item.ShouldBe($"vector {Sound.Input}");
            error.Message.ShouldStartWith($"the vector of the input '{Sound.Input}'");
            error.Remedy.ShouldContain("'VerifyAsync(Repair)'");
            error.HidesDocuments.ShouldBeFalse();
        }
    }

    [Fact]
    public void Sources_that_were_not_compared_and_what_was_lost_are_told_with_their_reasons()
    {
        var why = new TidemarkException("x.y", "it is too damaged", "mend it");
        var error = DamageErrors.OfUncompared([new ScriptedSource("docs", [])], why).ShouldHaveSingleItem();
        var warning = DamageErrors.OfLost([new("d", "a former text", DamageKind.Past)]).ShouldHaveSingleItem();

        (error.Item, error.Message, error.Remedy).ShouldBe(("docs", "the source 'docs' was not compared: it is too damaged", "mend it"));
        (warning.Item, warning.Code, warning.Message).ShouldBe(("d", ErrorCodes.HistoryLost, "'d' has lost what could not be put right: a former text"));
        warning.Remedy.ShouldContain("what is live is whole");
    }
}
