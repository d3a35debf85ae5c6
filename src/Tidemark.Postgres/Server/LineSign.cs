namespace Tidemark.Postgres.Server;

/// <summary>What the server says over another connection about the one that somebody waits for.</summary>
internal enum LineSign
{
    /// <summary>It works for it, or waits for somebody else's lock.</summary>
    Works,

    /// <summary>It waits for us, as we for it: what one of the two said has not arrived.</summary>
    WaitsForUs,

    /// <summary>It answers, but does not say: it has no connection left, or what is between hides which session is ours (a pooler).</summary>
    Unknown,

    /// <summary>It cannot be asked, or knows nothing of the session.</summary>
    Silent,
}
