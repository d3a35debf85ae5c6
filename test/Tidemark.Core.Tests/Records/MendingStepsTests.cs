using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.Records;

public sealed class MendingStepsTests
{
    [Fact]
    public void What_names_a_namespace_is_put_right_before_what_belongs_to_one() => MendingSteps.OfStore.ShouldBe(
        [MendingStep.Schema, MendingStep.Values, MendingStep.Catalog, MendingStep.ExternalIndexes]);

    [Fact]
    public void Texts_come_before_the_chunks_that_are_cut_of_them_and_counts_after_all_that_is_counted() => MendingSteps.OfNamespace.ShouldBe(
    [
        MendingStep.Queue, MendingStep.Numbers, MendingStep.Ids, MendingStep.Texts, MendingStep.Generation, MendingStep.Places, MendingStep.IndexOwner,
        MendingStep.Owners, MendingStep.Partitions, MendingStep.Facets, MendingStep.Outbox, MendingStep.Counts, MendingStep.FormerStates, MendingStep.Past,
    ]);
}
