namespace Tidemark.Reporting;

/// <summary>Something that somebody should look at.</summary>
/// <param name="Code">One of <see cref="AlertCodes"/>.</param>
public sealed record Alert(string Code, string Message);
