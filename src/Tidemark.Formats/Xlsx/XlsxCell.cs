namespace Tidemark.Formats;

/// <summary>A cell that shows something.</summary>
/// <param name="Column">From 1.</param>
/// <param name="IsText">Whether it is a text rather than a number or a date.</param>
internal readonly record struct XlsxCell(int Column, string Text, bool IsText);
