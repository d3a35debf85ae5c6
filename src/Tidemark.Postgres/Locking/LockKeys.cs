using System.Globalization;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Locking;

/// <summary>What the advisory locks of one store are called; the server hashes the names to 64 bits.</summary>
internal sealed class LockKeys(string schema)
{
    public string Store => $"tidemark/{schema}/store";

    /// <summary>Shared by the short transactions of collections: whoever holds it lets go of what else it holds at once.</summary>
    public string Sweep => $"tidemark/{schema}/sweep";

    public string Of(string @namespace) => $"tidemark/{schema}/namespace/{StoreText.Encode(@namespace)}";

    /// <summary>Held while the run is under way: whoever gets it knows that the run's process is gone.</summary>
    public string RunPrefix => $"tidemark/{schema}/run/";

    public string OfRun(long run) => RunPrefix + run.ToString(CultureInfo.InvariantCulture);

    /// <summary>Held by who builds that index.</summary>
    public string OfIndex(string name) => $"tidemark/{schema}/index/{name}";

    /// <summary>Held by who drains the namespace's outbox.</summary>
    public string OfOutbox(long @namespace) =>
        string.Create(CultureInfo.InvariantCulture, $"tidemark/{schema}/outbox/{@namespace}");
}
