namespace Tidemark.Postgres.Feeding;

/// <summary>Hears what a feed does while it goes on.</summary>
public interface IFeedObserver
{
    /// <summary>Something happened that an operator may want to know.</summary>
    /// <param name="name">Of what sort: <c>start</c>, <c>standby</c>, <c>snapshot</c>, <c>reconcile</c>, <c>lost</c>.</param>
    /// <param name="text">For people.</param>
    /// <param name="isTrouble">Somebody should look at it.</param>
    void OnEvent(string name, string text, bool isTrouble);

    /// <summary>It cannot go on for now.</summary>
    void OnOutage(TidemarkException failure, TimeSpan nextTry);
}
