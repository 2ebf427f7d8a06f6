"""Makes the workbooks beside it, with openpyxl 3.1.5 and XlsxWriter; libreoffice.xlsx is openpyxl.xlsx saved again by LibreOffice 7.4."""
import openpyxl, datetime, xlsxwriter, sys
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
out=sys.argv[1]
H=['Email','Prénom','Nom','Téléphone','Code postal','Montant','Échéance','RDV','Désinscrit','Réf','Société']
wb=openpyxl.Workbook(); ws=wb.active; ws.title='Pistes'
ws.append(['Export du CRM, 2 mars 2026']); ws.append([]); ws.append(H)
ws.append(['lea@atelier.example','Léa','Crépin',33199001110,'01000',1234.5,datetime.date(2026,3,1),datetime.datetime(2026,3,2,14,30),False,9007199254740993,CellRichText('Atelier ',TextBlock(InlineFont(b=True),'Morel'))])
ws.append(['max@atelier.example','Max','Weiß','+33 1 99 00 11 01',1000,0.1+0.2,datetime.date(2026,12,31),datetime.datetime(2026,10,25,2,30),True,'00123','=A4'])
ws.append([])
ws.append(['zoe@atelier.example','Zoé','#N/A','0199001112','75011',3e-7,None,datetime.time(9,5),None,1e15,'Müller & Söhne <GmbH>'])
ws['E5'].number_format='00000'
ws['G4'].number_format='dd/mm/yyyy'; ws['G5'].number_format='[$-40C]d mmmm yyyy;@'
ws['H4'].number_format='dd/mm/yyyy hh:mm'; ws['H5'].number_format='yyyy-mm-dd h:mm'
ws.column_dimensions['I'].hidden=True
o=wb.create_sheet('Listes'); o.append(['Pays']); o.append(['France']); o.sheet_state='hidden'
wb.save(out+'/openpyxl.xlsx')
w=xlsxwriter.Workbook(out+'/xlsxwriter.xlsx',{'in_memory':True}); s=w.add_worksheet('Leads 2026'); w.add_worksheet('Read me').write('A1','Not a list')
d=w.add_format({'num_format':'d/m/yy'}); p=w.add_format({'num_format':'0%'}); tel=w.add_format({'num_format':'0#" "##" "##" "##" "##'})
for c,h in enumerate(['E-mail','First name','Phone','Discount','Renewal','Valid','Greeting','Broken','Company']): s.write(0,c,h)
s.write_row(1,0,['ann@x.example','Ann']); s.write_number(1,2,199001110,tel); s.write_number(1,3,0.15,p); s.write_datetime(1,4,datetime.datetime(2024,2,29),d); s.write_boolean(1,5,True); s.write_formula('G2','="Dear "&B2',None,'Dear Ann'); s.write_formula('H2','=1/0',None,'#DIV/0!')
s.merge_range('I2:I4','Merged Ltd')
s.write_row(2,0,['bob@x.example','Bob']); s.write_row(3,0,['eve@x.example','Eve']); s.set_row(3,None,None,{'hidden':True})
s.autofilter('A1:I4'); w.close()
