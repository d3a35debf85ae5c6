namespace Tidemark.Records;

/// <summary>The steps of a mending, in their order.</summary>
public static class MendingSteps
{
    /// <summary>Of the store, whether or not the namespace is known.</summary>
    public static IReadOnlyList<MendingStep> OfStore { get; } = [.. Enum.GetValues<MendingStep>().Where(step => step < MendingStep.Queue)];

    /// <summary>Of one namespace.</summary>
    public static IReadOnlyList<MendingStep> OfNamespace { get; } = [.. Enum.GetValues<MendingStep>().Where(step => step >= MendingStep.Queue)];
}
