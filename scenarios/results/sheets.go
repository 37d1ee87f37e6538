package results

import (
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/results/measure"
)

// indicatorSheet is the indicators of summary.json as a sheet: the same numbers, with the names that programs know.
func indicatorSheet(o *Outcome, lang string) xlsx.Sheet {
	t := xlsx.Sheet{Name: "indicators", Title: "The indicators of summary.json: means of a day, or of the weeks counted, by window", Head: xlsx.Columns("metric", "by", "key", "window", "value", "unit", "agents")}
	if lang == "id" {
		t.Title = "Indikator dari summary.json: rata-rata per hari, atau per pekan penghitungan, menurut periode"
	}
	for _, i := range o.Indicators {
		agents := xlsx.Text("")
		if i.Agents != nil {
			agents = xlsx.Number(float64(*i.Agents), 0)
		}
		t.Rows = append(t.Rows, []xlsx.Cell{
			xlsx.Text(i.Metric), xlsx.Text(i.By), xlsx.Text(i.Key), xlsx.Text(i.Window), xlsx.Number(i.Value, -1), xlsx.Text(i.Unit), agents,
		})
	}
	return t
}

// windowSheet says from when to when the windows of the indicators are, both days included.
func windowSheet(x *measure.Run, lang string) xlsx.Sheet {
	t := xlsx.Sheet{Name: "windows", Title: "The windows of the indicators, first and last day", Head: xlsx.Columns("window", "from", "to")}
	if lang == "id" {
		t.Title = "Periode dari indikator, hari pertama dan terakhir"
	}
	for _, w := range x.Windows() {
		if w.From < w.To {
			t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(w.Name), xlsx.Date(x.Date(w.From)), xlsx.Date(x.Date(w.To - 1))})
		}
	}
	return t
}
