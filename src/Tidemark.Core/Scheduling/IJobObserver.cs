namespace Tidemark.Scheduling;

/// <summary>Hears how jobs get on. An extension point: implement what is of interest. Calls may come at once.</summary>
public interface IJobObserver
{
    /// <summary>A job begins.</summary>
    void OnBegun(JobTime job)
    {
    }

    /// <summary>A job has ended.</summary>
    /// <param name="job">Which.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="took">How long it took.</param>
    void OnEnded(JobTime job, JobResult result, TimeSpan took)
    {
    }

    /// <summary>The store could not be asked when a job is due.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="nextTry">How long it rests.</param>
    void OnOutage(TidemarkException failure, TimeSpan nextTry)
    {
    }
}
