namespace Tidemark.Judging;

/// <summary>What an outcome rests on.</summary>
public enum GateBasis
{
    /// <summary>Nothing: there are too few queries, and none that must find something.</summary>
    Nothing,

    /// <summary>Only queries that must find something.</summary>
    Must,

    /// <summary>The scores of all labelled queries.</summary>
    Statistics,
}
