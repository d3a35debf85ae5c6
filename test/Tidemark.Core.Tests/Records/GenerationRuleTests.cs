using Shouldly;
using Tidemark.Records;
using Xunit;
using static Tidemark.Tests.Records.TestStates;

namespace Tidemark.Tests.Records;

public sealed class GenerationRuleTests
{
    [Theory]
    [InlineData(GenerationState.Building, GenerationState.Building, GenerationState.Building)]
    [InlineData(GenerationState.Building, GenerationState.Candidate, GenerationState.Candidate)]
    [InlineData(GenerationState.Candidate, GenerationState.Building, GenerationState.Candidate)]
    [InlineData(GenerationState.Previous, GenerationState.Candidate, GenerationState.Previous)]
    public void One_with_the_pipeline_that_is_asked_for_is_taken_up(GenerationState state, GenerationState asked, GenerationState becomes)
    {
        var beside = Building with { State = state };

        GenerationRule.TakenUp(beside, beside.Pipeline, asked).ShouldBe(beside with { State = becomes });
    }

    [Theory]
    [InlineData(GenerationState.Building, false)]
    [InlineData(GenerationState.Candidate, true)]
    [InlineData(GenerationState.Previous, true)]
    public void One_with_another_pipeline_goes_unless_it_follows(GenerationState state, bool follows)
    {
        var beside = Building with { State = state };

        GenerationRule.TakenUp(beside, Active.Pipeline, GenerationState.Candidate).ShouldBeNull();
        beside.Follows.ShouldBe(follows);
    }

    [Fact]
    public void Only_of_one_that_has_answered_chunks_stay() =>
        Enum.GetValues<GenerationState>().Where(state => GenerationRule.LeavesHistory(Building with { State = state }))
            .ShouldBe([GenerationState.Previous]);
}
