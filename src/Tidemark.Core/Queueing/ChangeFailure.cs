namespace Tidemark.Queueing;

/// <summary>Why an attempt failed.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">What was wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ChangeFailure(string Code, string Message, string Remedy);
