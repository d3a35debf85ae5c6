namespace Tidemark.Composition.Trust;

/// <summary>A configuration file that somebody trusted once.</summary>
/// <param name="Path">Absolute, its folder without links.</param>
/// <param name="Settings">Of exactly these reaching settings.</param>
internal sealed record TrustedFile(string Path, string Settings, DateTimeOffset At);
