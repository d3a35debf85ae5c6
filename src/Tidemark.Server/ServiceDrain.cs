namespace Tidemark.Server;

/// <summary>
/// Takes a server out of service before it stops, so that nobody's request fails: from then on it is not ready, so that whoever spreads requests sends
/// them elsewhere, and every answer says that its connection is closed. Requests are taken and answered as before. Thread-safe.
/// </summary>
public sealed class ServiceDrain
{
    private volatile bool _isDraining;

    /// <summary>Whether the server is about to stop.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Begins; there is no way back.</summary>
    public void Begin() => _isDraining = true;
}
