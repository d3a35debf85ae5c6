namespace Tidemark.Formats;

/// <summary>What YAML can be read with, and hardly anybody means.</summary>
/// <param name="Line">From 0.</param>
/// <param name="Text">The key, or what stands in the line.</param>
/// <param name="Key">Of the value that the line belongs to, where it is no key itself.</param>
internal readonly record struct YamlSlip(int Line, YamlSlipKind Kind, string Text, string? Key = null);
