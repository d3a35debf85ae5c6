namespace Tidemark.Judging;

/// <summary>What golden queries say to putting another generation in the place of the one that answers.</summary>
public enum GateOutcome
{
    /// <summary>Nothing speaks against it.</summary>
    Pass,

    /// <summary>A loss that matters can neither be seen nor ruled out.</summary>
    Inconclusive,

    /// <summary>It would be worse.</summary>
    Block,
}
