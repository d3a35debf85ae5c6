namespace Tidemark.Records;

/// <summary>What becomes of the generation beside the one that answers. Pure; every store asks it.</summary>
public static class GenerationRule
{
    /// <summary>Another generation is asked for, and there is one already.</summary>
    /// <param name="beside">What is there.</param>
    /// <param name="wanted">The pipeline of what is asked for.</param>
    /// <param name="asked">Where that would stand.</param>
    /// <returns>It as it goes on; null: another one is made, and it goes unless it follows, for then somebody relies on it.</returns>
    public static GenerationRecord? TakenUp(GenerationRecord beside, PipelineIdentity wanted, GenerationState asked)
    {
        ArgumentNullException.ThrowIfNull(beside);
        return beside.Pipeline != wanted ? null
            : beside.State == GenerationState.Building && asked == GenerationState.Candidate ? beside with { State = asked }
            : beside;
    }

    /// <summary>
    /// Whether its chunks stay as history when it ends: one that has answered is what former states are made of; one that never did goes
    /// without a trace.
    /// </summary>
    public static bool LeavesHistory(GenerationRecord generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        return generation.State == GenerationState.Previous;
    }
}
