namespace Tidemark.Records;

/// <summary>What ended a run before its end, as the history keeps it.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">What was wrong, naming the thing in single quotes.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record RunFailure(string Code, string Message, string Remedy)
{
    /// <summary>In the words in which the command line tells it.</summary>
    public static RunFailure Of(Exception failure) => failure is TidemarkException known
        ? new RunFailure(known.Code, known.Message, known.Remedy)
        : new RunFailure(
            ErrorCodes.Internal,
            $"{failure.GetType().Name}: {failure.Message}",
            "this is a defect: report it, with what Exception.ToString() prints");

    /// <summary>Of a run that never came to its end, so that it could not say why.</summary>
    public static RunFailure Lost { get; } = new(
        ErrorCodes.RunLost,
        "its process ended before the run did: it was killed, or its machine went down",
        "run it again; what was committed stays");
}
