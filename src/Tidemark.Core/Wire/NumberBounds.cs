namespace Tidemark.Wire;

/// <summary>What a number may be.</summary>
/// <param name="Least">The smallest one.</param>
/// <param name="Most">The largest one.</param>
public readonly record struct NumberBounds(double Least, double Most)
{
    /// <summary>Whether it has no fraction.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Whether they let a number pass.</summary>
    public bool Allow(double number) => number >= Least && number <= Most && (!IsWhole || number == Math.Floor(number));

    /// <summary>For a remedy: <c>a whole number from 1 to 100</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"a {(IsWhole ? "whole number" : "number")} from {Least} to {Most}");
}
