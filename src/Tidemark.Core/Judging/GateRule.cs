namespace Tidemark.Judging;

/// <summary>Decides by figures. Pure.</summary>
internal static class GateRule
{
    /// <summary>A smaller loss does not count.</summary>
    public const double LeastLoss = 0.02;

    /// <summary>A loss has to be less likely than this if nothing was lost in truth.</summary>
    public const double Level = 0.05;

    /// <summary>A larger loss has to be ruled out.</summary>
    public const double MostLoss = 0.05;

    /// <summary>Fewer labelled queries decide nothing.</summary>
    public const int LeastQueries = 30;

    private const double Rounding = 1e-9;

    /// <param name="labelled">How many queries were scored.</param>
    /// <param name="figures">Of their differences.</param>
    /// <param name="lost">How many queries that must find something lost it.</param>
    public static GateOutcome Of(int labelled, GateFigures figures, int lost) =>
        lost > 0 ? GateOutcome.Block
        : labelled < LeastQueries ? GateOutcome.Pass
        : -figures.Difference > LeastLoss + Rounding && figures.P < Level ? GateOutcome.Block
        : figures.LowerBound < -MostLoss - Rounding ? GateOutcome.Inconclusive
        : GateOutcome.Pass;
}
