namespace AwoooP.Journal.Reports;

/// <summary>What the engine of this silo tells about its grains. Asked by one reporter, every few seconds.</summary>
public interface IGrainFigures
{
    /// <summary>Rates are since the last look.</summary>
    GrainFigures Look();
}
